import { createHmac } from 'node:crypto';
import { sameSecret } from '../../contract/delivery';
import type { Delivery } from '../../contract/delivery';

const header = 'X-Hub-Signature-256';

/** Signed with the secret of the app, over the bytes of the body (providers.md §4.4). */
export function verifySignature({ headers, rawBody }: Delivery, appSecret: string) {
	if (appSecret === '') return "'App Secret' in the credential is empty";
	const signature = createHmac('sha256', appSecret).update(rawBody).digest('hex');
	return sameSecret(headers[header.toLowerCase()], `sha256=${signature}`)
		? undefined
		: `the header ${header} is missing, or not the signature of this body with the 'App Secret' of the credential`;
}

/**
 * What Meta has to show when it asks whether a URL wants its webhooks. Made from the secret of the app:
 * at that moment n8n has not yet saved what is registered, and any trigger of the app may be asked.
 */
export function verifyToken(appSecret: string): string {
	return createHmac('sha256', appSecret).update('n8n-nodes-whatsapp-groups').digest('hex');
}

/** The answer to `hub.mode=subscribe` with the right token: the challenge itself (§4.4). */
export function answerChallenge(
	query: Readonly<Record<string, unknown>>,
	appSecret: string,
): string | undefined {
	const { 'hub.mode': mode, 'hub.challenge': challenge, 'hub.verify_token': token } = query;
	const isRight =
		mode === 'subscribe' && appSecret !== '' && sameSecret(token, verifyToken(appSecret));
	return isRight && typeof challenge === 'string' ? challenge : undefined;
}
