import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { Provider, ProviderId } from '../contract/provider';
import { providerOf } from '../providers';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { checkInput } from '../transport/errors';
import { asText } from '../transport/json';

export function chosenProvider(context: ILoadOptionsFunctions): Provider {
	return providerOf(context.getCurrentNodeParameter('provider') as ProviderId);
}

export async function openApi(context: ILoadOptionsFunctions, provider: Provider, account = '') {
	return new Api(await Connection.open(context, provider), account);
}

/** The session or number whose groups are listed; empty for providers without accounts. */
export function chosenAccount(context: ILoadOptionsFunctions, { account }: Provider): string {
	if (!account) return '';
	const value = context.getCurrentNodeParameter(account.parameter, { extractValue: true });
	const id = asText(value)?.trim() ?? '';
	if (id !== '') return checkInput(context.getNode(), () => account.read?.(id) ?? id);
	throw new NodeOperationError(context.getNode(), `'${account.field.displayName}' is empty`, {
		description: 'Choose it first: its groups are listed then.',
	});
}
