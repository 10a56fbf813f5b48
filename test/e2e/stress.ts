import axios from 'axios';
import { parse } from 'flatted';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { accountOf, places } from './anyProvider';
import { accounts } from '../../sandbox/n8n/accounts';
import type { N8n } from '../../sandbox/n8n/instance';

/** A workflow of one node, which starts it. */
export interface StarterWorkflow {
	id: string;
	nodes: Array<{ webhookId: string; parameters: Record<string, unknown> }>;
}

let made = 0;

/** A workflow that does nothing but start. */
export function starter(id: string, type: string, more: object, path = ''): StarterWorkflow {
	made += 1;
	const number = String(made).padStart(12, '0');
	const webhookId = `00000000-0000-4000-a000-${number}`;
	return {
		id,
		name: id,
		active: false,
		settings: { executionOrder: 'v1' },
		connections: {},
		nodes: [
			{
				id: `00000000-0000-4000-b000-${number}`,
				name: 'Start',
				type,
				typeVersion: type.startsWith('n8n-nodes-base.') ? 2 : 1,
				position: [0, 0],
				webhookId,
				...(path === '' ? {} : { parameters: { httpMethod: 'POST', path } }),
				...more,
			},
		],
	} as unknown as StarterWorkflow;
}

/** A workflow that starts with every group message of a provider. */
export function groupMessages(id: string, provider: ProviderId, more: object = {}) {
	const { type, ...credential } = accounts[provider];
	return starter(id, 'n8n-nodes-whatsapp-groups.whatsAppGroupsTrigger', {
		parameters: {
			provider,
			...accountOf(provider),
			triggerOn: ['message.received'],
			...more,
		},
		credentials: { [type]: credential },
	});
}

/** The body of a delivery with one group message, whose text is given. */
export function messageBody(provider: ProviderId, text: string): object {
	const { group } = places[provider];
	const seconds = String(Math.floor(Date.now() / 1000));
	switch (provider) {
		case 'waha':
			return {
				id: `evt_${text}`,
				event: 'message',
				session: 'default',
				timestamp: Date.now(),
				payload: {
					id: `false_${group}_${text}`,
					from: group,
					participant: '447700900111@c.us',
					fromMe: false,
					body: text,
				},
			};
		case 'sinch':
			return {
				total: 1,
				data: [
					{
						id: text,
						source: '5519911112222',
						receivedAt: Date.now(),
						message: { type: 'TEXT', messageText: text, waGroupId: group },
					},
				],
			};
		case 'dialog360':
		case 'meta': {
			const message = {
				from: '447700900111',
				group_id: group,
				id: `wamid.${text}`,
				timestamp: seconds,
				type: 'text',
				text: { body: text },
			};
			const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' };
			const contacts = [{ profile: { name: 'Kim' }, wa_id: '447700900111' }];
			const value = { messaging_product: 'whatsapp', metadata, contacts, messages: [message] };
			return {
				object: 'whatsapp_business_account',
				entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
			};
		}
	}
}

/** The texts with repeats of earlier ones among the last quarter: providers repeat what is late. */
export function withRepeats(texts: readonly string[], repeats: number): string[] {
	const all = [...texts];
	for (let i = 0; i < repeats; i += 1) {
		const place =
			Math.floor(texts.length * 0.75) + Math.floor((i * texts.length) / (repeats * 4)) + i;
		all.splice(place, 0, texts[(i * 7) % Math.floor(texts.length * 0.75)]);
	}
	return all;
}

/** How often each text, a prefix and a number, started the workflow, whatever became of the execution. */
export async function startsByText(
	n8n: N8n,
	workflowId: string,
	prefix: string,
): Promise<Map<string, number>> {
	const starts = new Map<string, number>();
	const ids = (await n8n.executions(workflowId)).map(({ id }) => id);
	const worker = async () => {
		for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
			const { data } = await n8n.rest.get<{ data: { data: string } }>(`/executions/${id}`);
			// As text: an execution that was cut short has no output, only what it was started with.
			const text = textIn(JSON.stringify(parse(data.data.data)), prefix);
			if (text !== '') starts.set(text, (starts.get(text) ?? 0) + 1);
		}
	};
	await Promise.all(Array.from({ length: 8 }, worker));
	return starts;
}

/** The most memory that n8n takes until it is told to stop looking. */
export function watchMemory(n8n: N8n): () => number {
	let peak = n8n.memory();
	const timer = setInterval(() => {
		peak = Math.max(peak, n8n.memory());
	}, 100);
	return () => {
		clearInterval(timer);
		return peak;
	};
}

/** Waits until n8n has worked off all executions of a workflow. */
export async function untilIdle(n8n: N8n, workflowId: string): Promise<void> {
	for (;;) {
		const filter = JSON.stringify({ workflowId, status: ['running', 'new'] });
		const { data } = await n8n.rest.get<{ data: { results: unknown[] } }>('/executions', {
			params: { filter, limit: 1 },
		});
		if (data.data.results.length === 0) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

export async function isReady(n8n: N8n): Promise<boolean> {
	const { status } = await axios.get(`${n8n.url}/healthz/readiness`, {
		validateStatus: () => true,
	});
	return status === 200;
}

/** The first text with the prefix. */
export function textIn(json: string, prefix: string): string {
	return new RegExp(`\\b${prefix}[ -]\\d+\\b`).exec(json)?.[0] ?? '';
}
