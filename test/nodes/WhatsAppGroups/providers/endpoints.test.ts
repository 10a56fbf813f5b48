import type { INodeParameters } from 'n8n-workflow';
import type { OperationKey } from '../../../../nodes/WhatsAppGroups/contract/operations';
import type { ProviderId } from '../../../../nodes/WhatsAppGroups/contract/provider';
import { providerOf } from '../../../../nodes/WhatsAppGroups/providers';
import { jpeg } from '../../../support/images';
import { byId, stage } from '../../../support/sandbox';

/** A group with members and open requests, and somebody in it. */
const places: Array<[ProviderId, { group: string; member: string }]> = [
	[
		'dialog360',
		{
			group: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
			member: '+16505551234',
		},
	],
	[
		'meta',
		{
			group: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
			member: '+16505551234',
		},
	],
	['sinch', { group: '5519900000000-1513616971', member: '+55 19 91111-2222' }],
];

/** `GET /groups/{groupId}?fields=…` as a pattern for `GET /groups/Y2Fw…`. */
function pattern(endpoint: string): RegExp {
	// An address of its own may have any path.
	if (endpoint === 'GET {mediaUrl}') return /^GET \//;
	const [path] = endpoint.split('?');
	return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

// WAHA has a test of its own, since its servers differ.
describe.each(places)(
	'%s: each operation calls the endpoints that its record names, in order',
	(id, { group, member }) => {
		const { run, seen, requestsOf, control } = stage(id);
		const parameters: Partial<Record<OperationKey, INodeParameters>> = {
			'group.create': { subject: 'Clocks' },
			'group.update': { updateFields: { subject: 'Clocks' } },
			'groupPicture.get': { outputPropertyName: 'data' },
			'groupPicture.set': { binaryPropertyName: 'data' },
			'inviteLink.send': {
				participants: '+44 7700 900123',
				template: byId('invite|en_US'),
				inviteText: 'Join us: {link}',
			},
			'message.send': { text: 'Hello' },
			'message.sendAndWait': { message: 'Shall we?' },
			'participant.demote': { participants: member },
			'participant.promote': { participants: member },
			'participant.remove': { participants: member },
			'template.createInvite': { templateName: 'invite', languageCode: 'en_US' },
		};
		const items = [{ files: { data: { data: jpeg(320, 320), mimeType: 'image/jpeg' } } }];
		const place = {
			phoneNumber: byId('106540352242922'),
			group: byId(group),
		} as unknown as INodeParameters;

		it.each(Object.entries(providerOf(id).operations))('%s', async (key, operation) => {
			const own = { ...place, ...parameters[key as OperationKey] };
			if (/^groupPicture\.(get|remove)$/.test(key)) {
				await run('groupPicture.set', { ...own, ...parameters['groupPicture.set'] }, { items });
			}
			if (/^joinRequest\.(approve|reject)$/.test(key)) {
				const [request] = await run('joinRequest.getAll', own);
				Object.assign(own, { joinRequests: request.joinRequest });
			}
			if (/^message\.(un)?pin$/.test(key)) {
				const [sent] = await run('message.send', { ...own, text: 'Hello' });
				Object.assign(own, { messageId: sent.id });
			}
			if (key === 'message.getMedia') {
				const image = { type: 'image', data: jpeg(8, 8).toString('base64') };
				const sent = await control('post', `/${id}/groups/${group}/message`, {
					phone: member.replace(/\D/g, ''),
					...image,
				});
				const { mediaId, mediaUrl } = sent as { mediaId?: string; mediaUrl?: string };
				Object.assign(own, { media: mediaId ?? mediaUrl, outputPropertyName: 'data' });
			}
			if (key === 'inviteLink.send' && id !== 'sinch') {
				await run('template.createInvite', { ...own, ...parameters['template.createInvite'] });
			}
			await control('delete', '/requests');
			await run(key, own, { items });
			// Files of messages at Sinch are open to everybody, on a host of their own.
			const isOpen = operation.endpoints[0] === 'GET {mediaUrl}';
			const requests = isOpen ? await requestsOf('cdn') : await seen();
			expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
			const calls = requests.map(
				({ method, path }) => `${method} ${path.replace(/^\/v\d+\.\d+/, '')}`,
			);
			expect(calls).toHaveLength(operation.endpoints.length);
			calls.forEach((call, i) => expect(call).toMatch(pattern(operation.endpoints[i])));
		});
	},
);
