import type { IDataObject } from 'n8n-workflow';
import type { OnMessage } from '../../contract/operations';
import type { MessageChange } from '../../model';
import type { Api } from '../../transport/api';
import { asBoolean, asRecord } from '../../transport/json';
import { InvalidInput } from '../../values/invalidInput';
import { readSuccess } from './answer';
import { messagePath } from './knownMessage';
import { readKeyIn } from './messageId';
import { since } from './since';

const secondsPerDay = 86_400;

/** Those that WhatsApp's apps offer (providers.md §3.6). */
const days = [1, 7, 30];

const need = { needing: 'Pinning needs', since: '2024.11.5', engines: 'WEBJS and NOWEB' };

export async function pinMessage(
	api: Api,
	{ days: wanted, ...on }: OnMessage & { days: number },
): Promise<MessageChange> {
	if (!days.includes(wanted)) {
		throw new InvalidInput(
			"'Pinned For (Days)' is none of the times that WAHA takes",
			`It holds ${wanted}. Enter 1, 7 or 30.`,
		);
	}
	return await change(api, on, 'pin', { duration: wanted * secondsPerDay });
}

export async function unpinMessage(api: Api, on: OnMessage): Promise<MessageChange> {
	return await change(api, on, 'unpin');
}

async function change(
	api: Api,
	{ group, message }: OnMessage,
	action: 'pin' | 'unpin',
	body?: IDataObject,
): Promise<MessageChange> {
	const key = readKeyIn(group, message);
	return await since(api, need, async () => {
		const response = await api.request({
			method: 'POST',
			path: `${messagePath(api, key)}/${action}`,
			body,
		});
		if (asBoolean(asRecord(response.body).success) === false) {
			throw api.failure(
				`WhatsApp did not ${action} the message`,
				"Check 'Message ID', and that the number may do this: where only admins edit the group info, make it an admin of the group.",
			);
		}
		return readSuccess(api, response);
	});
}
