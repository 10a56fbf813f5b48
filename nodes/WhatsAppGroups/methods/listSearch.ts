import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chosenAccount, chosenProvider, openApi } from './context';
import { findGroups, fits } from './groupList';

/** The list of the Group field: searchable by subject and ID, paged, and never silently empty. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const provider = chosenProvider(this);
	const api = await openApi(this, provider, chosenAccount(this, provider));
	const { entries, next } = await findGroups(api, provider, filter, paginationToken);
	if (entries.length === 0 && !filter && !paginationToken) {
		throw new NodeOperationError(this.getNode(), 'There are no groups to choose from', {
			description: provider.emptyListHint,
		});
	}
	return { results: entries, paginationToken: next };
}

/** The list of the field that stands between credential and groups, e.g. Session. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const provider = chosenProvider(this);
	const accounts = (await provider.account?.list(await openApi(this, provider))) ?? [];
	return { results: accounts.filter((account) => fits(account, filter.trim().toLowerCase())) };
}
