import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import type { Sandbox } from '../../sandbox/sandbox';

export interface Example {
	id: string;
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		webhookId?: string;
		parameters: { provider?: string };
	}>;
}

/** A request as the sandbox's journal has it. */
export interface Seen {
	method: string;
	path: string;
	status: number;
	body: { text?: string; chatId?: string; join_requests?: string[] };
}

const folder = join(__dirname, '../../examples');

/** The examples that start with a node of the type. */
export function examplesWith(type: string): Example[] {
	return readdirSync(folder)
		.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example)
		.filter(({ nodes }) => nodes.some((node) => node.type === type));
}

export async function seenBy(sandbox: Sandbox, provider: string): Promise<Seen[]> {
	const { data } = await axios.get<Seen[]>(`${sandbox.url}/control/requests`, {
		params: { provider },
	});
	return data;
}

export async function control<T = unknown>(
	sandbox: Sandbox,
	method: 'get' | 'post' | 'put' | 'delete',
	path: string,
	data?: unknown,
): Promise<T> {
	const response = await axios.request<T>({ method, url: `${sandbox.url}/control${path}`, data });
	return response.data;
}
