import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { searchGroups } from './listSearch';

/** Groups that the trigger's list offers at most; more are named by an expression. */
const most = 500;

/** The groups of the account, for a list in which several are chosen. Throws instead of being empty. */
export async function getGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const groups: INodePropertyOptions[] = [];
	let token: string | undefined;
	do {
		const page = await searchGroups.call(this, undefined, token);
		groups.push(...page.results.map(({ name, value }) => ({ name, value })));
		token = page.paginationToken as string | undefined;
	} while (token !== undefined && groups.length < most);
	return groups;
}
