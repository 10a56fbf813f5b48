import { z } from 'zod';
import { checked } from '../cloudApi/request';
import { GraphError } from './errors';

/** What each field of a node is answered as; `undefined` is left out, as JSON has none. */
export type Readers<Node> = Readonly<Record<string, (node: Node) => unknown>>;

const fieldsQuery = z.object({ fields: z.string().optional() });

/** The fields that a call asks for, or those that a node gives unasked; its id always. */
export function fieldsOf<Node>(
	node: Node,
	query: unknown,
	readers: Readers<Node>,
	unasked: readonly string[],
	nodeType: string,
): Record<string, unknown> {
	const { fields } = checked(fieldsQuery, query);
	const names = fields?.split(',').map((name) => name.trim()) ?? unasked;
	const asked = names.filter((name) => name !== '' && name !== 'id');
	const unknown = asked.find((name) => !Object.hasOwn(readers, name));
	if (unknown !== undefined) {
		throw GraphError.invalid(
			`Tried accessing nonexisting field (${unknown}) on node type (${nodeType})`,
		);
	}
	return Object.fromEntries([...asked, 'id'].map((name) => [name, readers[name](node)]));
}
