import axios from 'axios';
import type { EventName } from '../../nodes/WhatsAppGroups/model';
import type { Sandbox } from '../../sandbox/sandbox';

export type Cause = readonly [event: EventName, cause: () => Promise<unknown>];

/** Everything that a provider can report, each with what makes it happen in the sandbox. */
export function happenings(sandbox: Sandbox, provider: string, engine = 'WEBJS'): Cause[] {
	const control = async (path: string, data: object = {}) =>
		(await axios.post<any>(`${sandbox.url}/control/${path}`, data)).data; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of any shape
	if (provider === 'sinch') return sinchHappenings(sandbox, control);
	if (provider === 'dialog360' || provider === 'meta') {
		return cloudHappenings(sandbox, provider, control);
	}
	return wahaHappenings(sandbox, control, engine);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape
type Control = (path: string, data?: object) => Promise<any>;

async function api(
	sandbox: Sandbox,
	provider: string,
	headers: Record<string, string>,
	method: string,
	path: string,
	data?: object,
) {
	const url = `${sandbox.accounts[provider].baseUrls.api}${path}`;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape
	return (await axios.request<any>({ method, url, data, headers })).data;
}

function sinchHappenings(sandbox: Sandbox, control: Control): Cause[] {
	const group = '5519900000000-1513616971';
	const { userName, authenticationToken } = sandbox.accounts.sinch.credentials;
	const send = async () => {
		const answer = await api(
			sandbox,
			'sinch',
			{ userName, authenticationToken },
			'POST',
			'/v1/whatsapp/send',
			{
				destinations: [{ destination: group, recipientType: 'group' }],
				message: { messageText: 'Hi' },
			},
		);
		return answer.destination[0].id as string;
	};
	const status = (state: string) => async () =>
		await control(`sinch/messages/${await send()}/status`, {
			status: state,
			phone: '5519911112222',
		});
	const sent = {
		id: 's1',
		destination: group,
		sent: true,
		sentStatusCode: 2,
		sentAt: 1513616971891,
		updatedAt: 1,
	};
	return [
		[
			'message.received',
			async () =>
				await control(`sinch/groups/${group}/message`, { phone: '5519911112222', text: 'Hi' }),
		],
		[
			'message.sent',
			async () =>
				await control('webhooks/send', {
					provider: 'sinch',
					event: 'status',
					body: { total: 1, data: [sent] },
				}),
		],
		['message.delivered', status('delivered')],
		['message.read', status('read')],
		['message.failed', status('failed')],
	];
}

/** The same API at 360dialog and at Meta: only paths and authentication differ. */
function cloudHappenings(
	sandbox: Sandbox,
	provider: 'dialog360' | 'meta',
	control: Control,
): Cause[] {
	const watches = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzOTQzMjA5NjQxNTAZD';
	const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
	const beta = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzNzcwMDQ0MTEyNTAZD';
	const product = { messaging_product: 'whatsapp' };
	const { credentials } = sandbox.accounts[provider];
	const { headers, number, group } = {
		dialog360: { headers: { 'D360-API-KEY': credentials.apiKey }, number: '', group: '/groups' },
		meta: {
			headers: { Authorization: `Bearer ${credentials.accessToken}` },
			number: '/v26.0/106540352242922',
			group: '/v26.0',
		},
	}[provider];
	const call = async (method: string, path: string, data?: object) =>
		await api(sandbox, provider, headers as Record<string, string>, method, path, data);
	const send = async () => {
		const text = { body: 'Hi' };
		const answer = await call('POST', `${number}/messages`, {
			...product,
			recipient_type: 'group',
			to: inquiry,
			type: 'text',
			text,
		});
		return answer.messages[0].id as string;
	};
	const status = (state: string) => async () =>
		await control(`${provider}/messages/${await send()}/status`, {
			status: state,
			...(state === 'failed' ? {} : { phone: '16505551234' }),
		});
	const remove = (user: string) => async () =>
		await call('DELETE', `${group}/${watches}/participants`, {
			...product,
			participants: [{ user }],
		});
	// Nothing makes these happen in the sandbox, since its changes take effect at once.
	const failed = (field: string, about: object) => async () =>
		await control('webhooks/send', {
			provider,
			body: {
				object: 'whatsapp_business_account',
				entry: [
					{
						changes: [
							{
								field,
								value: {
									metadata: { phone_number_id: '106540352242922' },
									groups: [
										{ group_id: watches, timestamp: '1', ...about, errors: [{ code: 131000 }] },
									],
								},
							},
						],
					},
				],
			},
		});
	return [
		[
			'group.created',
			async () => await call('POST', `${number}/groups`, { ...product, subject: 'New' }),
		],
		[
			'group.createFailed',
			async () => {
				await control(`${provider}/creation-failures`, { code: 131211 });
				await call('POST', `${number}/groups`, { ...product, subject: 'Too many' });
			},
		],
		['group.deleted', async () => await call('DELETE', `${group}/${beta}`)],
		['group.deleteFailed', failed('group_lifecycle_update', { type: 'group_delete' })],
		[
			'group.updated',
			async () => await call('POST', `${group}/${watches}`, { ...product, subject: 'Watches' }),
		],
		[
			'group.updateFailed',
			failed('group_settings_update', {
				type: 'group_settings_update',
				group_subject: { text: 'x', update_successful: false },
			}),
		],
		[
			'participant.joined',
			async () => await control(`${provider}/groups/${watches}/join`, { phone: '447700900777' }),
		],
		[
			'participant.left',
			async () => await control(`${provider}/groups/${watches}/leave`, { phone: '447700900777' }),
		],
		['participant.removed', remove('+17865347866')],
		['participant.removeFailed', remove('+15550009999')],
		[
			'joinRequest.created',
			async () => await control(`${provider}/groups/${inquiry}/request`, { phone: '447700900555' }),
		],
		[
			'joinRequest.revoked',
			async () =>
				await control(`${provider}/groups/${inquiry}/revoke-request`, { phone: '447700900555' }),
		],
		[
			'message.received',
			async () =>
				await control(`${provider}/groups/${inquiry}/message`, {
					phone: '16505551234',
					text: 'Hi',
				}),
		],
		['message.sent', send],
		['message.delivered', status('delivered')],
		['message.read', status('read')],
		['message.failed', status('failed')],
		['group.suspended', async () => await control(`${provider}/groups/${watches}/suspend`)],
		[
			'group.unsuspended',
			async () => await control(`${provider}/groups/${watches}/clear-suspension`),
		],
	];
}

function wahaHappenings(sandbox: Sandbox, control: Control, engine: string): Cause[] {
	const at = `waha/${engine.toLowerCase()}/groups`;
	const team = `${at}/120363400000000001@g.us`;
	const sales = `${at}/120363400000000004@g.us`;
	const books = '447700900100-1600000000@g.us';
	const [own, colleague, grace] = ['447700900100', '447700900101', '447700900122'];
	const { apiKey } = sandbox.accounts.waha.credentials;
	const base = sandbox.accounts.waha.baseUrls[engine];
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape
	const call = async (method: string, path: string, data?: object): Promise<any> => {
		const headers = { 'X-Api-Key': apiKey };
		return (await axios.request({ method, url: `${base}/api/${path}`, data, headers })).data;
	};
	const chatId = '120363400000000001@g.us';
	const ada = '447700900111';
	/** The last message, by whomever. */
	const last = async (): Promise<string> => {
		const { messages } = (await axios.get(`${sandbox.url}/control/waha/${engine}/state`)).data;
		return messages.at(-1).serializedId;
	};
	/** By somebody, about the last message. */
	const byAda = async (action: string, more: object = {}) =>
		await control(`${team}/${action}`, { phone: ada, messageId: await last(), ...more });
	const ack = (word: string) => async () => {
		await call('POST', 'sendText', { session: 'default', chatId, text: 'Hi' });
		const messageId = await last();
		const phone = word === 'ERROR' ? {} : { phone: ada };
		await control(`${team}/ack`, { messageId, ack: word, ...phone });
	};
	const causes: Cause[] = [
		['group.joined', async () => await control(`${sales}/join`, { phone: own, by: colleague })],
		['group.left', async () => await control(`${sales}/leave`, { phone: own, by: colleague })],
		['participant.joined', async () => await control(`${team}/join`, { phone: grace, by: own })],
		[
			'participant.promoted',
			async () => await control(`${team}/promote`, { phone: grace, by: own }),
		],
		['participant.demoted', async () => await control(`${team}/demote`, { phone: grace, by: own })],
		['participant.removed', async () => await control(`${team}/leave`, { phone: grace, by: own })],
		['participant.left', async () => await control(`${team}/leave`, { phone: '447700900114' })],
		[
			'group.updated',
			async () => await control(`${team}/change`, { by: own, subject: 'Support Squad' }),
		],
		['joinRequest.created', async () => await control(`${at}/${books}/request`, { phone: grace })],
		['message.received', async () => await control(`${team}/message`, { phone: ada, text: 'Hi' })],
		['message.edited', async () => await byAda('edit', { text: 'Hello' })],
		['message.reaction', async () => await byAda('reaction', { reaction: '👍' })],
		['message.deleted', async () => await byAda('delete')],
		[
			'poll.voted',
			async () => {
				const poll = { name: 'When?', options: ['Now', 'Later'], multipleAnswers: false };
				await call('POST', 'sendPoll', { session: 'default', chatId, poll });
				await byAda('vote', { options: ['Later'] });
			},
		],
		['message.delivered', ack('DEVICE')],
		['message.read', ack('READ')],
	];
	if (engine === 'WEBJS') return causes;
	const reject = async () =>
		await call(
			'POST',
			`default/groups/${encodeURIComponent(books)}/participants/join-requests/reject`,
			{ participants: [{ id: '100000000000124@lid' }] },
		);
	causes.push(
		[
			'joinRequest.revoked',
			async () => await control(`${at}/${books}/revoke-request`, { phone: grace }),
		],
		['joinRequest.rejected', reject],
	);
	causes.push(['message.failed', ack('ERROR')]);
	if (engine === 'NOWEB') causes.push(['message.sent', ack('SERVER')]);
	return causes;
}

/** What an engine of WAHA never reports, although others do (providers.md §3.11). */
export const untold: Readonly<Record<string, readonly EventName[]>> = {
	WEBJS: ['joinRequest.rejected', 'joinRequest.revoked', 'message.sent', 'message.failed'],
	GOWS: ['message.sent'],
};
