import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providerOf } from '../../nodes/WhatsAppGroups/providers';
import { accounts } from '../../sandbox/n8n/accounts';
import type { Example } from './support';

/** A group of the sandbox that has members, and the number or session that it belongs to. */
export const places: Record<ProviderId, { group: string; account?: string }> = {
	dialog360: { group: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD' },
	meta: {
		group: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
		account: '106540352242922',
	},
	sinch: { group: '5519900000000-1513616971' },
	waha: { group: '120363400000000001@g.us', account: 'default' },
};

/** The parameters that name number or session. */
export function accountOf(id: ProviderId): Record<string, unknown> {
	const { account } = providerOf(id);
	if (!account) return {};
	return { [account.parameter]: { __rl: true, mode: 'id', value: places[id].account } };
}

/** The same workflow with another provider: its name, credential, account and group, and nothing else. */
export function withProvider(example: Example, id: ProviderId): Example {
	const { type, ...credential } = accounts[id];
	const own = providerOf(id);
	const workflow = structuredClone(example);
	workflow.id = `${example.id.slice(0, 3)}-${id}`;
	for (const node of workflow.nodes.filter(({ type: kind }) => kind.includes('whatsAppGroups'))) {
		const parameters = node.parameters as Record<string, unknown>;
		const was = providerOf(parameters.provider as ProviderId);
		if (was.account) delete parameters[was.account.parameter];
		Object.assign(parameters, { provider: own.id, ...accountOf(id) });
		const group = parameters.group as { value: string } | undefined;
		if (group && !group.value.startsWith('=')) group.value = places[id].group;
		Object.assign(node, { credentials: { [type]: credential } });
		if (node.webhookId) node.webhookId = node.webhookId.replace(/^0{8}/, webhookIds[id]);
	}
	return workflow;
}

const webhookIds: Record<ProviderId, string> = {
	dialog360: '00000361',
	meta: '00000362',
	sinch: '00000363',
	waha: '00000364',
};
