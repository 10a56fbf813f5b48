import { randomInt } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import axios from 'axios';
import { z } from 'zod';
import { isLoopback } from '../cloudApi/callbackUrl';
import type { Targets } from '../webhooks/targets';
import { GraphError } from './errors';
import type { MetaSettings } from './settings';

const LONGEST_URL = 200;

/** Both are required; an empty URL takes an override away where a number has it. */
export const overrideSchema = z.object({
	override_callback_uri: z.string(),
	verify_token: z.string().optional(),
});

export type Override = z.infer<typeof overrideSchema>;

/** Asks the URL of an override whether it wants to be one, and refuses the override if not. */
export type VerifyOverride = (override: Override) => Promise<void>;

/**
 * A callback URL has at most 200 characters, is https and answers a challenge (providers.md §4.4).
 *
 * Assumed: the code and words for URLs that are too long or not https, and that 2200, which
 * subscriptions of apps are refused with, is it for overrides too [I].
 */
export function overrideVerifier(targets: Targets, settings: () => MetaSettings): VerifyOverride {
	return async ({ override_callback_uri: url, verify_token: token }) => {
		if (token === undefined || token === '') {
			throw GraphError.invalid('The parameter verify_token is required.');
		}
		if (url.length > LONGEST_URL) {
			throw GraphError.invalid(
				`Param override_callback_uri must be at most ${LONGEST_URL} characters`,
			);
		}
		if (!isAllowed(url, settings())) {
			throw GraphError.invalid('Param override_callback_uri must be a valid https URL');
		}
		const problem = targets.refusal(url) ?? (await problemWith(url, token));
		if (problem !== null) {
			throw new GraphError(400, {
				message: `(#2200) Callback verification failed with the following errors: ${problem}`,
				type: 'OAuthException',
				code: 2200,
			});
		}
	};
}

function isAllowed(written: string, { httpsOnly }: MetaSettings): boolean {
	if (!URL.canParse(written)) return false;
	const { protocol, hostname } = new URL(written);
	return protocol === 'https:' || (protocol === 'http:' && !httpsOnly && isLoopback(hostname));
}

/** What is wrong with how it answers the challenge; `null` when nothing is. */
async function problemWith(url: string, token: string): Promise<string | null> {
	const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
	const asked = new URL(url);
	asked.searchParams.set('hub.mode', 'subscribe');
	asked.searchParams.set('hub.challenge', challenge);
	asked.searchParams.set('hub.verify_token', token);
	try {
		const { data, status } = await axios.get<string>(asked.href, {
			headers: {
				'User-Agent': 'facebookplatform/1.0 (+http://developers.facebook.com)',
				Accept: '*/*',
			},
			timeout: 10_000,
			// Both would let it get to another host than the one that was checked.
			maxRedirects: 0,
			proxy: false,
			maxContentLength: 64 * 1024,
			responseType: 'text',
			transformResponse: (body: unknown) => body,
			validateStatus: () => true,
		});
		if (status !== 200) {
			return `HTTP Status Code = ${status}; HTTP Message = ${STATUS_CODES[status] ?? 'Unknown'}`;
		}
		if (data === challenge) return null;
		return `Response does not match challenge, expected value="${challenge}", received="${data.slice(0, 20)}..."`;
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		return `curl_errno = 7; curl_error = ${words}; HTTP Status Code = 0; HTTP Message = Unknown`;
	}
}
