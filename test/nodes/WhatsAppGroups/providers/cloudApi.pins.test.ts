import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, stage } from '../../../support/sandbox';

const group = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const statusOf = (error: Error & IDataObject) => (error.context as IDataObject).status;

describe.each(['dialog360', 'meta'] as const)('%s: pins', (provider) => {
	const { run, fail, control, seen } = stage(provider);
	const place = (more: INodeParameters): INodeParameters => ({
		...(provider === 'meta' ? { phoneNumber: byId('106540352242922') } : {}),
		group: byId(group),
		...more,
	});
	const sentMessage = async () => {
		const [{ id }] = await run('message.send', place({ text: 'Hello' }));
		return id as string;
	};

	it('are taken, and end as the statuses of the pin message tell', async () => {
		const messageId = await sentMessage();
		const pinned = { status: 'pending', groupId: group, messageId };
		expect(await run('message.pin', place({ messageId, pinnedFor: 4 }))).toEqual([
			{ ...pinned, pinMessageId: expect.stringMatching(/^wamid\./) },
		]);
		expect(await run('message.unpin', place({ messageId }))).toEqual([
			{ ...pinned, pinMessageId: expect.stringMatching(/^wamid\./) },
		]);
		const [, pin, unpin] = await seen();
		const body = {
			messaging_product: 'whatsapp',
			recipient_type: 'group',
			to: group,
			type: 'pin',
		};
		expect(pin.body).toEqual({
			...body,
			pin: { type: 'pin', message_id: messageId, expiration_days: 4 },
		});
		expect(unpin.body).toEqual({ ...body, pin: { type: 'unpin', message_id: messageId } });
	});

	it.each([1, 30])('last %i days', async (pinnedFor) => {
		const messageId = await sentMessage();
		expect(await run('message.pin', place({ messageId, pinnedFor }))).toMatchObject([
			{ status: 'pending' },
		]);
		expect((await seen()).at(-1)?.body).toMatchObject({ pin: { expiration_days: pinnedFor } });
	});

	it.each([
		[0, "'Pinned For (Days)' is out of range"],
		[31, "'Pinned For (Days)' is out of range"],
		['={{ 1.5 }}', "'Pinned For (Days)' is not a whole number"],
		['={{ ({}) }}', "'Pinned For (Days)' is not a whole number"],
	])('do not last %s days', async (pinnedFor, message) => {
		const error = await fail('message.pin', place({ messageId: 'wamid.HBgLM', pinnedFor }));
		expect(error.message).toBe(message);
		expect(await seen()).toEqual([]);
	});

	it('need a message of the group', async () => {
		const error = await fail('message.pin', place({ messageId: 'wamid.HBgLM' }));
		expect(error.message).toBe('WhatsApp does not accept the value of a field');
		expect(error.description).toContain('is no message of this group');
		expect(statusOf(error)).toBe('failed');
	});

	it.each(['message.pin', 'message.unpin'])('%s: needs an ID of this provider', async (key) => {
		const bad: Array<[string, string]> = [
			['', "'Message ID' is empty"],
			['={{ null }}', "The expression in 'Message ID' gives nothing"],
			['={{ ({}) }}', "'Message ID' is not a text"],
			['3EB0', "'Message ID' is not the ID of a message at"],
			['true_120363400000000001@g.us_3EB0', "'Message ID' is not the ID of a message at"],
		];
		for (const [messageId, message] of bad) {
			const error = await fail(key, place({ messageId }));
			expect([messageId, error.message.startsWith(message)]).toEqual([messageId, true]);
		}
		expect(await seen()).toEqual([]);
	});

	it.each([[''], [{}], [{ messages: [] }], ['<html>']])(
		'have an unknown outcome after %j',
		async (body) => {
			const messageId = await sentMessage();
			await control('post', '/faults', { provider, kind: 'answer', status: 200, body });
			const error = await fail('message.pin', place({ messageId }));
			expect(statusOf(error)).toBe('unknown');
			expect(error.description).toContain('look into the group');
		},
	);

	it('are refused by a group that is suspended or unknown, in its own words', async () => {
		const messageId = await sentMessage();
		await control('post', '/faults', {
			provider,
			kind: 'answer',
			status: 403,
			body: { error: { message: '(#131207) Group suspended', code: 131207 } },
		});
		const error = await fail('message.unpin', place({ messageId }));
		expect(error.message).toBe('WhatsApp has suspended the group');
	});

	it.each([
		['message.react', /^\S+ .*has no reactions in groups/],
		['message.edit', /cannot edit a message/],
		['message.delete', /cannot delete a message/],
		['message.forward', /cannot forward a message/],
	])('%s is explained, with the way out', async (key, message) => {
		const error = await fail(key, place({ messageId: 'wamid.HBgLM' }));
		expect(error.message).toMatch(message);
		expect(error.message).toContain('Message: Send');
		expect(await seen()).toEqual([]);
	});
});

describe('Sinch', () => {
	const { fail, seen } = stage('sinch');

	it.each(['pin', 'unpin', 'react', 'edit', 'delete', 'forward'])(
		'explains that it has no Message: %s',
		async (operation) => {
			const error = await fail(`message.${operation}`, {
				group: byId('5519900000000-1513616971'),
				messageId: 'x',
			});
			expect(error.message).toMatch(/^Sinch (cannot|has no)/);
			expect(await seen()).toEqual([]);
		},
	);
});
