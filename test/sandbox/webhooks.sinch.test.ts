import axios from 'axios';
import { receiving } from './receiver';

const bookClub = '5519900000000-1513616971';
const phone = '5519911112222';

describe('Sinch tells by webhook', () => {
	const on = receiving();
	const hook = async (more: object = {}) =>
		await on.control('put', '/sinch/webhooks', {
			messagesUrl: `${on.url()}/mo?secret=s`,
			statusUrl: `${on.url()}/mt?secret=s`,
			...more,
		});
	const write = async (content: object) =>
		await on.control('post', `/sinch/groups/${bookClub}/message`, { phone, ...content });

	it.each([
		[{ text: 'Hello' }, { type: 'TEXT', messageText: 'Hello' }],
		[
			{ type: 'image', url: 'https://x/y.jpg', mimeType: 'image/jpg', caption: 'See' },
			{ type: 'IMAGE', mediaUrl: 'https://x/y.jpg', mimeType: 'image/jpg', caption: 'See' },
		],
		[{ type: 'audio' }, { type: 'AUDIO', mediaUrl: expect.any(String) }],
		[
			{ type: 'location', latitude: 1.5, longitude: -2, address: 'Home' },
			{ location: { geoPoint: '1.5,-2', address: 'Home' } },
		],
		[
			{ type: 'contacts', contacts: [{ name: 'Ana', phone: '+1' }] },
			{ contacts: [expect.objectContaining({ phones: [{ phone: '+1', type: 'CELL' }] })] },
		],
	])('a group message: %j (§1.5)', async (content, told) => {
		await hook();
		await write({ ...content, name: 'Ana' });
		const [{ body, url }] = await on.arrived(1);
		expect(url).toBe('/hook/mo?secret=s');
		expect(body).toEqual({
			total: 1,
			data: [
				{
					id: expect.any(String),
					source: phone,
					origin: '5519900000000',
					userProfile: { name: 'Ana' },
					message: { ...told, waGroupId: bookClub },
					receivedAt: expect.any(Number),
					receivedDate: expect.stringMatching(/Z$/),
				},
			],
		});
	});

	it('a direct message, without the group id', async () => {
		await hook();
		await on.control('post', '/sinch/message', { phone, text: 'Only you' });
		const [{ body }] = await on.arrived(1);
		expect(body.data[0].message).toEqual({ type: 'TEXT', messageText: 'Only you' });
	});

	it('what became of a message that was sent', async () => {
		await hook();
		const { baseUrls, credentials } = on.sandbox().accounts.sinch;
		const { data } = await axios.post(
			`${baseUrls.api}/v1/whatsapp/send`,
			{
				destinations: [{ destination: bookClub, recipientType: 'group', correlationId: 'c' }],
				message: { messageText: 'Hi' },
			},
			{ headers: credentials },
		);
		await on.arrived(1);
		const { id } = data.destination[0];
		for (const [index, status] of ['delivered', 'read', 'failed'].entries()) {
			await on.control('post', `/sinch/messages/${id}/status`, { status });
			await on.arrived(index + 2);
		}
		const entries = on.received.map(({ body }) => body.data[0]);
		expect(entries.every((entry) => entry.id === id && entry.correlationId === 'c')).toBe(true);
		expect(entries).toMatchObject([
			{ destination: bookClub, sent: true, sentStatusCode: 2, delivered: false, read: false },
			{ delivered: true, deliveredStatusCode: 4, read: false },
			{ delivered: true, read: true, readDate: expect.any(String) },
			{ sent: true, delivered: false, deliveredStatus: 'NOT_DELIVERED', read: false },
		]);
		expect(on.received.map(({ url }) => url)).toEqual(Array(4).fill('/hook/mt?secret=s'));
	});

	it('many messages one by one, or in bulk', async () => {
		await hook({ total: 'string' });
		const path = `/sinch/groups/${bookClub}/messages`;
		const { messageIds } = await on.control('post', path, { count: 25, perDelivery: 10 });
		await on.arrived(3);
		expect(on.received.map(({ body }) => body.total).sort()).toEqual(['10', '10', '5']);
		const told = on.received.flatMap(({ body }) => body.data.map(({ id }: { id: string }) => id));
		expect(told.sort()).toEqual([...messageIds].sort());
		on.received.length = 0;
		await on.control('post', path, { count: 4, phone, text: 'Again' });
		await on.arrived(4);
		expect(on.received.map(({ body }) => body.data[0].message.messageText).sort()).toEqual(
			[1, 2, 3, 4].map((i) => `Again ${i}`),
		);
		await expect(on.control('post', path, { count: 1, phone: '550000000' })).rejects.toThrow('409');
	});

	it('nothing of what else happens in a group', async () => {
		await hook();
		await on.control('post', `/sinch/groups/${bookClub}/join`, { phone: '5519900001234' });
		await on.control('post', `/sinch/groups/${bookClub}/leave`, { phone: '5519900001234' });
		await write({ type: 'unsupported' });
		await on.arrived(0);
	});
});
