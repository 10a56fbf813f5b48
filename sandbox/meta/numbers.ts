import type { Router } from 'express';
import { z } from 'zod';
import { healthOf } from '../cloudApi/health';
import { bodyOf, jsonBody } from '../cloudApi/request';
import type { Callbacks } from './callbacks';
import { GraphError } from './errors';
import { fieldsOf, type Readers } from './fields';
import { ACCOUNT, type MetaNumber } from './model';
import type { MetaSettings } from './settings';
import { overrideSchema, type VerifyOverride } from './verification';

/** What is known of a number and around it. */
export interface NumberFacts {
	number: MetaNumber;
	callbacks: Callbacks;
	settings(): MetaSettings;
}

/** Whether a number is an Official Business Account, which groups need (providers.md §4.1). */
export function isOfficial({ phoneNumberId }: MetaNumber, settings: MetaSettings): boolean {
	return settings.groupsEligible && !settings.unofficialNumbers.includes(phoneNumberId);
}

export const numberReaders: Readers<NumberFacts> = {
	id: ({ number }) => number.phoneNumberId,
	display_phone_number: ({ number }) => number.displayPhone,
	verified_name: ({ number }) => number.verifiedName,
	// A name can be approved, and the number be no Official Business Account all the same.
	name_status: () => 'APPROVED',
	is_official_business_account: ({ number, settings }) => isOfficial(number, settings()),
	quality_rating: () => 'GREEN',
	code_verification_status: () => 'VERIFIED',
	platform_type: () => 'CLOUD_API',
	throughput: () => ({ level: 'STANDARD' }),
	status: () => 'CONNECTED',
	account_mode: () => 'LIVE',
	messaging_limit_tier: () => 'TIER_100K',
	health_status: ({ number, settings }) =>
		healthOf(
			[
				['PHONE_NUMBER', number.phoneNumberId],
				['WABA', ACCOUNT.wabaId],
				['BUSINESS', ACCOUNT.businessId],
				['APP', ACCOUNT.appId],
			],
			settings().canSendMessage,
		),
	webhook_configuration: ({ callbacks, number }) => callbacks.configuration(number.phoneNumberId),
};

/** What a list of numbers tells unasked. Assumed: a number by itself too [I]. */
export const unaskedOnEdge = [
	'verified_name',
	'code_verification_status',
	'display_phone_number',
	'quality_rating',
	'platform_type',
	'throughput',
	'webhook_configuration',
];

const configurationBody = z.object({ webhook_configuration: overrideSchema });

/** A number by itself: reading it, and where what happens to it is told (providers.md §4.3.13, §4.4). */
export function addNumberRoutes(router: Router, facts: NumberFacts, verify: VerifyOverride): void {
	const { callbacks, number } = facts;

	router.get('/', (request, response) => {
		response.json(
			fieldsOf(facts, request.query, numberReaders, unaskedOnEdge, 'WhatsAppBusinessPhoneNumber'),
		);
	});

	router.post('/', jsonBody, async (request, response) => {
		const { webhook_configuration: override } = bodyOf(request, configurationBody);
		const { override_callback_uri: url } = override;
		if (url !== '') {
			checkAppSubscribed(facts);
			await verify(override);
		}
		callbacks.overrideNumber(number.phoneNumberId, url);
		response.json({ success: true });
	});
}

/**
 * Nothing overrides the URL of an app that hears of no messages at all, or not of this account: both
 * are reported for accounts, and for numbers in these words too (providers.md §4.4 [F]).
 */
export function checkAppSubscribed({
	callbacks,
	settings,
}: Pick<NumberFacts, 'callbacks' | 'settings'>): void {
	if (callbacks.isSubscribed && settings().appFields.includes('messages')) return;
	throw GraphError.invalid(
		'Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
	);
}
