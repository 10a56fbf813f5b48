import type { Router } from 'express';
import type { Pager } from '../cloudApi/paging';
import type { CloudService } from '../cloudApi/service';
import { fieldsOf, type Readers } from './fields';
import { healthOf } from '../cloudApi/health';
import { ACCOUNT, NUMBERS } from './model';
import { type NumberFacts, unaskedOnEdge, numberReaders } from './numbers';

type Facts = Pick<NumberFacts, 'settings'>;

const readers: Readers<Facts> = {
	id: () => ACCOUNT.wabaId,
	name: () => ACCOUNT.wabaName,
	currency: () => 'USD',
	timezone_id: () => '1',
	message_template_namespace: () => '58e6d318_b627_4112_b9c7_2961197553ea',
	account_review_status: () => 'APPROVED',
	business_verification_status: () => 'verified',
	health_status: ({ settings }) =>
		healthOf(
			[
				['WABA', ACCOUNT.wabaId],
				['BUSINESS', ACCOUNT.businessId],
				['APP', ACCOUNT.appId],
			],
			settings().canSendMessage,
		),
};

const unasked = ['name', 'currency', 'timezone_id', 'message_template_namespace'];

/** The WhatsApp Business Account and the list of its numbers. */
export function addAccountRoutes(
	router: Router,
	facts: Omit<NumberFacts, 'number'>,
	pager: Pager,
	pageLink: CloudService['pageLink'],
): void {
	router.get('/', (request, response) => {
		response.json(fieldsOf(facts, request.query, readers, unasked, 'WhatsAppBusinessAccount'));
	});

	router.get('/phone_numbers', (request, response) => {
		const { fields, ...query } = request.query;
		const link = pageLink(response, `/${ACCOUNT.wabaId}/phone_numbers`);
		const numbered = NUMBERS.map((number, index) => ({ number, serial: index + 1 }));
		const { items, paging } = pager.page(numbered, query, link);
		const data = items.map(({ number }) =>
			fieldsOf(
				{ ...facts, number },
				{ fields },
				numberReaders,
				unaskedOnEdge,
				'WhatsAppBusinessPhoneNumber',
			),
		);
		response.json({ data, paging });
	});
}
