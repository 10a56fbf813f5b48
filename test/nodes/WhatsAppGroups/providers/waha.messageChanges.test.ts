import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { GroupEvent } from '../../../../nodes/WhatsAppGroups/model';
import { wahaTrigger } from '../../../../nodes/WhatsAppGroups/providers/waha/events';
import { readKeyIn } from '../../../../nodes/WhatsAppGroups/providers/waha/messageId';
import { engines, neighbours, team, wahaStage } from '../../../support/waha';

const statusOf = (error: Error & IDataObject) => (error.context as IDataObject).status;

interface Message {
	id: string;
	serializedId: string;
	chat: string;
	text: string;
	pinnedUntil: number | null;
	at: number;
	isDeleted: boolean;
	reactions: Array<{ phone: string; reaction: string }>;
}

const self = '447700900100';
const ada = '447700900111';
const times = { 1: 86_400, 7: 604_800, 30: 2_592_000 };

/** What each operation is run with, beside the message. */
const operations: Array<[key: string, more: INodeParameters]> = [
	['message.delete', {}],
	['message.edit', { text: 'New' }],
	['message.forward', {}],
	['message.pin', { pinnedFor: 7 }],
	['message.react', { emoji: '👍' }],
	['message.unpin', {}],
];

/** Recorded messages of each engine, see fixtures/README.md. */
const delivered = [
	'3.10-message',
	'wild-gows-message-lid',
	'wild-noweb-message-lid',
	'wild-webjs-message-contact',
];

it.each(delivered)('the ID that the trigger puts out of %s is one that WAHA takes', (name) => {
	const file = join(__dirname, '../../../fixtures/waha', `${name}.json`);
	const body: unknown = JSON.parse(readFileSync(file, 'utf8'));
	const [event] = wahaTrigger.parse({
		body,
		headers: {},
		query: {},
		rawBody: Buffer.alloc(0),
	}) as GroupEvent[];
	const id = event.message?.id ?? '';
	expect(readKeyIn(event.group.id, id)).toMatchObject({ id, isOwn: false });
});

describe.each(engines)('WAHA with %s: a message that is there', (engine) => {
	const { run, fail, on, server, answer, calls, control, seen } = wahaStage(engine);
	const isWebjs = engine === 'WEBJS';
	const messages = async () =>
		((await control('get', `/waha/${engine.toLowerCase()}/state`)) as { messages: Message[] })
			.messages;
	const last = async () => (await messages()).at(-1)!;

	/** One of the account itself, with the ID that Send gives. */
	const ownMessage = async () => {
		const [{ id }] = await run('message.send', on(team, { text: 'Hi' }));
		await control('delete', '/requests');
		return id as string;
	};
	/** One of Ada, with the ID that the trigger puts out. */
	const adasMessage = async () => {
		await server(`/groups/${team}/message`, { phone: ada, text: 'Hello' });
		const { id } = await last();
		return `false_${team}_${id}_${ada}@c.us`;
	};
	const act = async (key: string, messageId: unknown, more: INodeParameters = {}) =>
		await run(key, on(team, { messageId: messageId as string, ...more }));
	const refused = async (key: string, messageId: unknown, more: INodeParameters = {}) =>
		await fail(key, on(team, { messageId: messageId as string, ...more }));

	it('is reacted to, and the reaction taken back', async () => {
		const messageId = await adasMessage();
		const done = [{ success: true, status: 'success', groupId: team, messageId }];
		expect(await act('message.react', messageId, { emoji: ' ❤️ ' })).toEqual(done);
		expect((await last()).reactions).toEqual([{ phone: self, reaction: '❤️' }]);
		expect(await act('message.react', messageId, { emoji: '' })).toEqual(done);
		expect((await last()).reactions).toEqual([]);
		const called = (await calls()).filter((call) => call.includes('/api/reaction'));
		// An empty answer proves nothing.
		expect((await calls()).length - called.length).toBe(isWebjs ? 2 : 0);
	});

	it('that the account wrote is reacted to, edited and deleted by the ID that Send gave', async () => {
		const messageId = await ownMessage();
		for (const [key, more] of [
			['message.react', { emoji: '🇬🇧' }],
			['message.edit', { text: ' New\ntext ', additionalFields: { linkPreview: false } }],
		] as const) {
			expect(await act(key, messageId, more)).toEqual([
				{ success: true, status: 'success', groupId: team, messageId },
			]);
		}
		expect(await last()).toMatchObject({
			text: ' New\ntext ',
			reactions: [{ phone: self, reaction: '🇬🇧' }],
		});
		const [edited] = (await seen()).filter(({ path }) => path.includes('/messages/true'));
		if (!isWebjs) expect(edited.body).toEqual({ text: ' New\ntext ', linkPreview: false });
		expect(await act('message.delete', messageId)).toEqual([
			{ success: true, status: 'success', groupId: team, messageId },
		]);
		expect(await last()).toMatchObject({ isDeleted: true });
	});

	it('of somebody else is deleted by an admin of the group', async () => {
		expect(await act('message.delete', await adasMessage())).toMatchObject([{ status: 'success' }]);
		expect(await last()).toMatchObject({ isDeleted: true });
	});

	if (engine === 'GOWS') {
		it.each(['message.pin', 'message.unpin', 'message.forward'])(
			'%s: says which engines can',
			async (key) => {
				const error = await refused(key, await adasMessage());
				expect(error.message).toBe('The engine of this WAHA server cannot do this');
				expect(error.description).toContain(
					key === 'message.forward' ? 'WEBJS, WPP and NOWEB' : 'WEBJS and NOWEB',
				);
				expect(statusOf(error)).toBe('failed');
			},
		);

		it('says so of releases that fail with a sentence instead', async () => {
			await server('/release', { release: 'older' });
			const error = await refused('message.forward', await adasMessage());
			expect(error.message).toBe('The engine of this WAHA server cannot do this');
			expect(error.description).toContain('WEBJS, WPP and NOWEB');
			expect(statusOf(error)).toBe('failed');
		});

		it('cannot be edited by a release before 2025.3.1', async () => {
			const messageId = await ownMessage();
			await server('/release', { release: '2025.2.4' });
			const error = await refused('message.edit', messageId, { text: 'New' });
			expect(error.message).toBe('The engine of this WAHA server cannot do this');
		});
	} else {
		it.each(Object.entries(times))('is pinned for %s days, and unpinned', async (days, seconds) => {
			const messageId = await adasMessage();
			const done = [{ success: true, status: 'success', groupId: team, messageId }];
			expect(await act('message.pin', messageId, { pinnedFor: Number(days) })).toEqual(done);
			const { pinnedUntil } = await last();
			expect(pinnedUntil).not.toBeNull();
			expect((await seen()).at(-1)?.body).toEqual({ duration: seconds });
			expect(await act('message.unpin', messageId)).toEqual(done);
			expect((await last()).pinnedUntil).toBeNull();
		});

		it.each([2, 29])('is not pinned for %i days', async (pinnedFor) => {
			const error = await refused('message.pin', await adasMessage(), { pinnedFor });
			expect(error.message).toBe("'Pinned For (Days)' is none of the times that WAHA takes");
			expect(error.description).toBe(`It holds ${pinnedFor}. Enter 1, 7 or 30.`);
			expect(await calls()).toEqual([]);
		});

		it('says what to do where the engine answers that it is not pinned', async () => {
			await answer(201, { success: false });
			const error = await refused('message.pin', await adasMessage());
			expect(error.message).toBe('WhatsApp did not pin the message');
			expect(error.description).toContain("'Message ID'");
			expect(error.description).toContain('admin');
			expect(statusOf(error)).toBe('failed');
		});

		it('is not pinned by a release that is too old', async () => {
			const messageId = await adasMessage();
			await server('/release', { release: '2024.10.8' });
			await answer(404, { message: 'Cannot POST', error: 'Not Found', statusCode: 404 });
			const error = await refused('message.pin', messageId);
			expect(error.message).toBe('Pinning needs WAHA 2024.11.5 or newer');
		});

		it('is forwarded to the group', async () => {
			const messageId = await adasMessage();
			const [output] = await run('message.forward', on(neighbours, { messageId }));
			const copy = await last();
			expect(copy).toMatchObject({ chat: neighbours, text: 'Hello' });
			expect(output).toEqual(
				isWebjs
					? {
							groupId: neighbours,
							status: 'success',
							id: null,
							sentAt: null,
							note: 'The engine of this WAHA server does not tell the ID of the new message.',
						}
					: {
							groupId: neighbours,
							status: 'success',
							id: `true_${neighbours}_${copy.id}`,
							sentAt: new Date(copy.at * 1000).toISOString(),
						},
			);
			// The new ID is one that the other operations take.
			if (!isWebjs) {
				expect(
					await run('message.delete', on(neighbours, { messageId: output.id as string })),
				).toMatchObject([{ status: 'success' }]);
			}
		});

		it('is not forwarded where nobody knows it', async () => {
			const error = await refused('message.forward', `false_${team}_3EB0FF_${ada}@c.us`);
			expect(error.message).toBe('WAHA does not know this message');
			expect(error.description).toContain("'Message ID'");
			expect(statusOf(error)).toBe('failed');
		});

		it('is forwarded from a chat with one person too', async () => {
			const messageId = `false_${ada}@c.us_3EB0FF`;
			expect((await refused('message.forward', messageId)).message).toBe(
				'WAHA does not know this message',
			);
			expect((await seen())[0].body).toMatchObject({ messageId });
		});
	}

	if (isWebjs) {
		it.each([
			['message.react', { emoji: '👍' }, 'WAHA does not know this message'],
			['message.edit', { text: 'New' }, 'WhatsApp did not edit the message'],
			['message.delete', {}, 'WAHA does not know this message'],
			['message.pin', {}, 'WAHA does not know this message'],
			['message.unpin', {}, 'WAHA does not know this message'],
		])('%s: fails for a message that WEBJS does not know', async (key, more, message) => {
			const own = `true_${team}_3EB0FF_${self}@c.us`;
			const error = await refused(key, own, more as INodeParameters);
			expect(error.message).toBe(message);
			expect(statusOf(error)).toBe('failed');
		});

		it('cannot be edited any more after 15 minutes', async () => {
			const messageId = await ownMessage();
			const { id } = await last();
			await server(`/groups/${team}/age`, { messageId: id, seconds: 901 });
			const error = await refused('message.edit', messageId, { text: 'New' });
			expect(error.message).toBe('WhatsApp did not edit the message');
			expect(error.description).toContain('15 minutes');
			expect(statusOf(error)).toBe('failed');
		});

		it('of somebody else is not taken for deleted where WEBJS deletes it for itself alone', async () => {
			const messageId = await adasMessage();
			await server(`/groups/${team}/arrange`, { roles: { [self]: 'participant' } });
			const error = await refused('message.delete', messageId);
			expect(error.message).toContain('for the number of the session only');
			expect(error.description).toContain('admin');
			expect(statusOf(error)).toBe('unknown');
			expect(await last()).toMatchObject({ isDeleted: false });
		});

		it.each([
			[404, { message: 'Cannot GET /api', statusCode: 404 }],
			[500, { exception: { message: 'Boom' } }],
			[501, { message: 'Not Implemented', statusCode: 501 }],
		])('is done where the server cannot say whether it knows it: %i', async (status, body) => {
			const messageId = await adasMessage();
			await answer(status, body, { method: 'GET', times: 'always' });
			expect(await act('message.react', messageId, { emoji: '👍' })).toMatchObject([
				{ success: true },
			]);
		});

		// As WPP answers, which the sandbox does not have.
		it('is forwarded where the engine says so, and not where WPP says no', async () => {
			const messageId = await adasMessage();
			await answer(201, { sent: true });
			expect(await act('message.forward', messageId)).toMatchObject([{ status: 'success' }]);
			expect(await calls()).toHaveLength(1);
			await answer(200, { version: '2026.8.2', engine: 'WPP' }, { path: 'version$' });
			await answer(201, { sent: false }, { path: 'forwardMessage$' });
			const error = await refused('message.forward', messageId);
			expect(error.message).toBe('WhatsApp did not forward the message');
			expect(statusOf(error)).toBe('failed');
		});

		it('cannot be forwarded where WhatsApp Web has lost it', async () => {
			const messageId = await adasMessage();
			await answer(500, {
				exception: {
					message: "Cannot read properties of undefined (reading 'forwardMessages')",
					name: 'TypeError',
				},
			});
			const error = await refused('message.forward', messageId);
			expect(error.message).toContain('cannot forward messages');
			expect(statusOf(error)).toBe('failed');
		});
	}

	it.each(operations)('%s: an answer that says no is a failure', async (key, more) => {
		const messageId = await ownMessage();
		for (const body of ['false', 'You cannot do that']) {
			await answer(200, body);
			const error = await refused(key, messageId, more);
			// What pins answer is documented: nothing else can be read.
			const isDocumented = /pin$/.test(key) && body !== 'false';
			expect(statusOf(error)).toBe(isDocumented ? 'unknown' : 'failed');
		}
	});

	it.each(operations)('%s: an answer that was lost leaves the outcome open', async (key, more) => {
		const messageId = await ownMessage();
		await answer(500, { exception: { message: 'Connection Closed' } }, { times: 'always' });
		const error = await refused(key, messageId, more);
		expect(statusOf(error)).toBe('unknown');
		expect(error.message).toContain('the outcome is unknown');
		expect(error.description).toContain('look into the group');
		expect(await calls()).toHaveLength(1);
	});

	it.each(operations)('%s: tells what is wrong with an ID before it sends', async (key, more) => {
		const bad: Array<[unknown, message: string]> = [
			['', "'Message ID' is empty"],
			['  ', "'Message ID' is empty"],
			['={{ null }}', "The expression in 'Message ID' gives nothing"],
			['={{ $json.message.id }}', "The expression in 'Message ID' gives nothing"],
			['={{ ({ id: "x" }) }}', "'Message ID' is not a text"],
			['={{ ["x"] }}', "'Message ID' is not a text"],
			['={{ true }}', "'Message ID' is not a text"],
			['={{ 12345 }}', "'Message ID' is not the ID of a message at WAHA"],
			['3EB0AAAA', "'Message ID' is not the ID of a message at WAHA"],
			['wamid.HBgLM', "'Message ID' is not the ID of a message at WAHA"],
			[`true_${team}`, "'Message ID' is not the ID of a message at WAHA"],
			[`true_${team}_a/../b_x_y`, "'Message ID' is not the ID of a message at WAHA"],
			[`false_${team}_3EB0AAAA`, "'Message ID' does not tell who wrote the message"],
		];
		for (const [messageId, message] of bad) {
			const error = await refused(key, messageId, more);
			expect([messageId, error.message]).toEqual([messageId, message]);
			expect(error.description).not.toBe('');
		}
		expect(await calls()).toEqual([]);
	});

	it.each(operations.filter(([key]) => key !== 'message.forward'))(
		'%s: refuses the ID of a message that is in another chat',
		async (key, more) => {
			for (const chat of [neighbours, `${ada}@c.us`]) {
				const error = await refused(key, `true_${chat}_3EB0AAAA_${self}@c.us`, more);
				expect(error.message).toBe("'Message ID' is of a message that is not in 'Group'");
				expect(error.description).toContain(chat);
				expect(error.description).toContain(team);
			}
			expect(await calls()).toEqual([]);
		},
	);

	it('is not edited where somebody else wrote it', async () => {
		const error = await refused('message.edit', await adasMessage(), { text: 'New' });
		expect(error.message).toBe("'Message ID' is of a message that somebody else wrote");
		expect(await calls()).toEqual([]);
	});

	it.each([['👍👍'], ['hello'], ['1'], ['👍 ok'], [':)'], ['={{ 5 }}']])(
		'is not reacted to with %s',
		async (emoji) => {
			const error = await refused('message.react', await adasMessage(), { emoji });
			expect(error.message).toBe("'Emoji' is not one emoji");
			expect(await calls()).toEqual([]);
		},
	);

	it.each(['👍', '👍🏿', '❤', '👨‍👩‍👧', '🇧🇷', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('is reacted to with %s', async (emoji) => {
		await act('message.react', await adasMessage(), { emoji });
		expect((await last()).reactions).toEqual([{ phone: self, reaction: emoji }]);
	});

	it('keeps its reaction where an expression finds no emoji', async () => {
		const error = await refused('message.react', await adasMessage(), { emoji: '={{ $json.no }}' });
		expect(error.message).toBe("The expression in 'Emoji' gives nothing");
		expect(await calls()).toEqual([]);
	});

	it('takes its ID from a field of the item, with the space around it', async () => {
		const messageId = await adasMessage();
		const items = [{ json: { message: { id: ` ${messageId}\n` } } }];
		const parameters = on(team, { messageId: '={{ $json.message.id }}', emoji: '👍' });
		expect(await run('message.react', parameters, { items })).toMatchObject([{ messageId }]);
	});
});
