import type { INodeParameters } from 'n8n-workflow';
import type { Provider } from '../../../../nodes/WhatsAppGroups/contract/provider';
import { waha } from '../../../../nodes/WhatsAppGroups/providers/waha';
import { jpeg } from '../../../support/images';
import { byId, stage } from '../../../support/sandbox';

const { run, calls, control } = stage('waha', 'WEBJS');
const team = '120363400000000001@g.us';
const bookClub = '447700900100-1600000000@g.us';
const ivy = '100000000000124@lid';

describe('WAHA: each operation calls the endpoints that its record names, in order', () => {
	// One of a group that hides numbers.
	const participants = '447700900111';
	const all = {
		infoAdminsOnly: true,
		messagesAdminsOnly: true,
		membersCanAdd: true,
		joinApproval: true,
	};
	const parameters: Record<string, INodeParameters> = {
		'group.create': { subject: 'Clocks' },
		'group.getAll': { returnAll: true },
		'group.getInvitePreview': { inviteLink: 'SandboxTeamInvite00001' },
		'group.join': { inviteLink: 'SandboxSalesInvite0004' },
		'group.update': { updateFields: { subject: 'Clocks', description: 'Old ones' } },
		'groupPicture.get': { outputPropertyName: 'data' },
		'groupPicture.set': { binaryPropertyName: 'data' },
		'groupSetting.update': { updateFields: all },
		'inviteLink.send': { participants, inviteText: 'Join us: {link}' },
		'joinRequest.approve': { group: byId(bookClub), joinRequests: ivy },
		'joinRequest.getAll': { group: byId(bookClub), returnAll: true },
		'joinRequest.reject': { group: byId(bookClub), joinRequests: ivy },
		'message.edit': { text: 'Hello again' },
		'message.react': { emoji: '👍' },
		'message.send': { text: 'Hello' },
		'message.sendAndWait': { message: 'Shall we?' },
		'participant.add': { participants: '447700900122', options: { checkNumbers: true } },
		'participant.checkNumber': { participants },
		'participant.demote': { participants },
		'participant.getAll': { returnAll: true, options: { resolvePhones: true } },
		'participant.promote': { participants },
		'participant.remove': { participants },
	};
	/** One that the server has at hand no longer: it is asked for by its message. */
	const nameFile = async () => {
		const { message } = (await control('post', `/waha/webjs/groups/${team}/message`, {
			phone: '447700900111',
			type: 'image',
			data: jpeg(8, 8).toString('base64'),
		})) as { message: { id: string; serializedId: string } };
		await control('post', '/waha/webjs/expire-files', {});
		const url = `http://localhost:3000/api/files/default/${message.id}`;
		const media = `={{ ${JSON.stringify({ id: message.serializedId, url })} }}`;
		Object.assign(parameters, { 'message.getMedia': { media, outputPropertyName: 'data' } });
	};
	/** Those that call a second endpoint where the first is not there. */
	const withFallback = /^participant\.(demote|getAll|promote|remove)$/;

	it.each(Object.entries(waha.operations as Provider['operations']))(
		'%s',
		async (key, { endpoints }) => {
			if (withFallback.test(key)) {
				await control('post', '/waha/webjs/release', { release: '2025.10.1' });
			}
			const items = [{ files: { data: { data: jpeg(200, 200), mimeType: 'image/jpeg' } } }];
			const place = { session: byId('default'), group: byId(team) };
			const own: INodeParameters = {};
			if (/^message\.(?!send|getMedia)/.test(key)) {
				const [sent] = await run('message.send', { ...place, text: 'Hello' });
				own.messageId = sent.id as string;
				await control('delete', '/requests');
			}
			const once = async () => await run(key, { ...place, ...own, ...parameters[key] }, { items });
			if (key === 'message.getMedia') await nameFile();
			await once();
			if (key === 'participant.getAll') {
				// For more than a few there is a list.
				const roles = Object.fromEntries(
					['101', '122', '124'].map((end) => [`447700900${end}`, 'participant']),
				);
				await control('post', `/waha/webjs/groups/${team}/arrange`, { roles });
				await once();
			}
			const called = (await calls()).map((call) =>
				decodeURIComponent(call)
					.replace('/webjs', '')
					.replace(/\/groups\/[\d-]+@g\.us/, '/groups/{id}')
					.replace(/\/chats\/[^/]+\/messages\/[^/]+/, '/chats/{chatId}/messages/{messageId}')
					.replace(/\/lids\/pn\/.+/, '/lids/pn/{phone}')
					.replace(/\/lids\/\d.+/, '/lids/{lid}')
					.replace(/\/files\/.+/, '/files/{file}')
					.replace('/default', '/{session}'),
			);
			expect([...new Set(called)]).toEqual(endpoints.map((endpoint) => endpoint.split('?')[0]));
		},
	);
});
