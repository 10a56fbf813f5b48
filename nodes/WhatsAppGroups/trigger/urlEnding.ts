import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { ProviderId } from '../contract/provider';
import { providerOf } from '../providers';

/** The one value of the field: it shows something, and stores nothing. */
export const shownEnding = 'shown';

/**
 * What belongs at the end of the webhook URL where that is given to the provider by hand. n8n knows the
 * URL itself only in the panel above; a list is the one place where it shows what needs a credential.
 */
export async function getUrlEnding(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { credentialName, trigger } = providerOf(
		this.getCurrentNodeParameter('provider') as ProviderId,
	);
	const secret = trigger.credentialSecret?.of(await this.getCredentials(credentialName)) ?? '';
	return [{ name: `?secret=${encodeURIComponent(secret)}`, value: shownEnding }];
}
