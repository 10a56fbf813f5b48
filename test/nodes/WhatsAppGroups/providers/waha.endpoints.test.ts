import type { INodeParameters } from 'n8n-workflow';
import type { Provider } from '../../../../nodes/WhatsAppGroups/contract/provider';
import { waha } from '../../../../nodes/WhatsAppGroups/providers/waha';
import { jpeg } from '../../../support/images';
import { byId, stage } from '../../../support/sandbox';

const { run, calls, control } = stage('waha', 'WEBJS');
const team = '120363400000000001@g.us';

describe('WAHA: each operation calls the endpoints that its record names, in order', () => {
	const participants = '447700900112';
	const parameters: Record<string, INodeParameters> = {
		'group.create': { subject: 'Clocks' },
		'group.getAll': { returnAll: true },
		'group.update': { updateFields: { subject: 'Clocks', description: 'Old ones' } },
		'groupPicture.get': { outputPropertyName: 'data' },
		'groupPicture.set': { binaryPropertyName: 'data' },
		'groupSetting.update': { updateFields: { infoAdminsOnly: true, messagesAdminsOnly: true } },
		'message.send': { text: 'Hello' },
		'participant.add': { participants },
		'participant.demote': { participants },
		'participant.getAll': { returnAll: true },
		'participant.promote': { participants },
		'participant.remove': { participants },
	};

	beforeEach(async () => {
		// One that lacks the newer list of participants, so that the older one is called too.
		await control('post', '/waha/webjs/release', { release: '2025.10.1' });
	});

	it.each(Object.entries(waha.operations as Provider['operations']))(
		'%s',
		async (key, { endpoints }) => {
			const items = [{ files: { data: { data: jpeg(200, 200), mimeType: 'image/jpeg' } } }];
			const place = { session: byId('default'), group: byId(team) };
			await run(key, { ...place, ...parameters[key] }, { items });
			const expected = endpoints.map((endpoint) =>
				endpoint.replace('{session}', 'default').replace('{id}', team),
			);
			const called = (await calls()).map((call) => decodeURIComponent(call).replace('/webjs', ''));
			expect(called).toEqual(expected);
		},
	);
});
