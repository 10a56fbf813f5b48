import { NodeOperationError } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { providerOf } from '../providers';
import type { Provider, ProviderId } from '../contract/provider';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';

/** Groups on one page of the list. */
const pageSize = 25;
/** Pages that one search reads at most before it shows what it has found. */
const pagesPerSearch = 10;

/** The list of the Group field: searchable by subject and ID, paged, and never silently empty. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const provider = chosenProvider(this);
	const api = await openApi(this, provider, chosenAccount(this, provider));
	const listGroups = provider.operations['group.getAll']!.run;
	const results: INodeListSearchItems[] = [];
	let cursor = paginationToken;
	for (let page = 0; page < pagesPerSearch && results.length < pageSize; page += 1) {
		const { entries, next } = await listGroups(api, { limit: pageSize, cursor, loadDetails: true });
		results.push(
			...entries
				.map(({ model: { id, subject } }) => ({ name: subject ?? id, value: id }))
				.filter((item) => matches(item, filter)),
		);
		cursor = next;
		if (cursor === undefined) break;
	}
	if (results.length === 0 && !filter && !paginationToken) {
		throw new NodeOperationError(this.getNode(), 'There are no groups to choose from', {
			description: provider.emptyListHint,
		});
	}
	return { results, paginationToken: cursor };
}

/** The list of the field that stands between credential and groups, e.g. Session. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const provider = chosenProvider(this);
	const accounts = (await provider.account?.list(await openApi(this, provider))) ?? [];
	return { results: accounts.filter((account) => matches(account, filter)) };
}

function chosenProvider(context: ILoadOptionsFunctions): Provider {
	return providerOf(context.getCurrentNodeParameter('provider') as ProviderId);
}

function chosenAccount(context: ILoadOptionsFunctions, { account }: Provider): string {
	if (!account) return '';
	const value = context.getCurrentNodeParameter(account.parameter, { extractValue: true });
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	throw new NodeOperationError(context.getNode(), `'${account.field.displayName}' is empty`, {
		description: `Choose it first: its groups are listed then.`,
	});
}

async function openApi(context: ILoadOptionsFunctions, provider: Provider, account = '') {
	return new Api(await Connection.open(context, provider), account);
}

function matches({ name, value }: INodeListSearchItems, filter = ''): boolean {
	const wanted = filter.trim().toLowerCase();
	return name.toLowerCase().includes(wanted) || String(value).toLowerCase().includes(wanted);
}
