import type { IDataObject } from 'n8n-workflow';
import { byId, stage } from '../../../support/sandbox';
import { PublishedTrigger } from '../../../support/trigger';
import { engines, team } from '../../../support/waha';

const [own, ada, colleague] = ['447700900100', '447700900111', '447700900114'];

interface Sent {
	message: { id: string; serializedId: string };
}

describe.each(engines)('what happens to messages, on %s', (engine) => {
	const on = stage('waha', engine);
	const at = `/waha/${engine.toLowerCase()}/groups`;
	let trigger: PublishedTrigger;

	async function publish(options: IDataObject = {}): Promise<void> {
		trigger = await new PublishedTrigger(
			on.setup({
				session: byId('default'),
				triggerOn: [
					'message.received',
					'message.reaction',
					'message.edited',
					'message.deleted',
					'poll.voted',
				],
				options,
			} as never),
		).listen();
		await trigger.activate();
	}
	afterEach(async () => await trigger.close());

	const act = async (what: string, body: object) =>
		(await on.control('post', `${at}/${team}/${what}`, body)) as Sent;
	/** Through the node, as the account itself. */
	const send = async (): Promise<string> => {
		const message = { session: byId('default'), group: byId(team), text: 'Mine' };
		const [{ id }] = await on.run('message.send', message);
		return String(id);
	};

	async function started(count: number): Promise<IDataObject[]> {
		for (let tries = 0; trigger.items.length < count && tries < 150; tries += 1) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		const items = trigger.items.map(({ json }) => json);
		expect(items).toHaveLength(count);
		return items;
	}
	const messageOf = (item: IDataObject) => item.message as IDataObject;

	it.each([
		['lists numbers', 'phone'],
		['hides them', 'lid'],
	])(
		'is told with the ID that the message came with, in a group that %s',
		async (_, addressing) => {
			await act('arrange', { addressing });
			await publish();
			const { message } = await act('message', { phone: ada, text: 'Hi' });
			const about = { phone: ada, messageId: message.id };
			await started(1);
			await act('reaction', { ...about, reaction: '👍' });
			await started(2);
			await act('reaction', { ...about, reaction: '' });
			await started(3);
			await act('edit', { ...about, text: 'Hello' });
			await started(4);
			await act('delete', about);
			const [received, ...others] = await started(5);
			const { id } = messageOf(received);
			expect(id).toEqual(expect.stringContaining(message.id));
			expect(others.map(({ event }) => event)).toEqual([
				'message.reaction',
				'message.reaction',
				'message.edited',
				'message.deleted',
			]);
			expect(others.map((item) => messageOf(item).id)).toEqual([id, id, id, id]);
			expect(others.map((item) => messageOf(item).text)).toEqual(['👍', null, 'Hello', null]);
			const { id: writer } = received.actor as IDataObject;
			for (const item of others) {
				expect(item).toMatchObject({ group: { id: team }, actor: { id: writer } });
				expect(messageOf(item).fromMe).toBe(false);
			}
		},
	);

	it('names a message of one’s own as Send did', async () => {
		await publish();
		const id = await send();
		const bare = id.split('_')[2];
		await act('reaction', { phone: ada, messageId: bare, reaction: '👍' });
		const [item] = await started(1);
		expect(messageOf(item)).toMatchObject({ id, type: 'reaction', text: '👍', fromMe: false });
	});

	it('who deletes a message of somebody else is told where the engine knows', async () => {
		await act('arrange', { roles: { [colleague]: 'admin' } });
		await publish();
		const { message } = await act('message', { phone: ada, text: 'Spam' });
		await started(1);
		await act('delete', { phone: colleague, messageId: message.id });
		const [received, deleted] = await started(2);
		expect(messageOf(deleted).id).toBe(messageOf(received).id);
		const actor = deleted.actor as IDataObject;
		// WEBJS tells what is left of the message, which is its writer's.
		expect(actor.phone).toBe(engine === 'WEBJS' ? ada : colleague);
	});

	it('votes are told with all options that somebody has chosen', async () => {
		await publish();
		const { baseUrl, apiKey } = Object.values(on.setup({}).credentials)[0] as Record<
			string,
			string
		>;
		const poll = { name: 'When?', options: ['Now', 'Later'], multipleAnswers: true };
		await fetch(`${baseUrl}/api/sendPoll`, {
			method: 'POST',
			headers: { 'X-Api-Key': apiKey, 'content-type': 'application/json' },
			body: JSON.stringify({ session: 'default', chatId: team, poll }),
		});
		const { messages } = (await on.control('get', `/waha/${engine.toLowerCase()}/state`)) as {
			messages: Array<{ id: string }>;
		};
		const messageId = messages.at(-1)!.id;
		for (const options of [['Now'], ['Now', 'Later'], []]) {
			await act('vote', { phone: ada, messageId, options });
		}
		const items = await started(3);
		const chosen = items.map((item) => messageOf(item).content);
		expect(chosen).toEqual(
			expect.arrayContaining([
				{ options: ['Now'] },
				{ options: ['Now', 'Later'] },
				{ options: [] },
			]),
		);
		for (const item of items) {
			expect(item).toMatchObject({
				event: 'poll.voted',
				group: { id: team },
				// NOWEB tells the number beside no vote in a group that hides it.
				actor: { phone: engine === 'NOWEB' ? null : ada },
				message: { type: 'vote', fromMe: false },
			});
			const id = String(messageOf(item).id);
			expect(id.startsWith(`true_${team}_${messageId}`)).toBe(true);
		}
		expect(new Set(items.map(({ deliveryId }) => deliveryId)).size).toBe(3);
	});

	it('the account’s own reactions, edits and deletions start nothing unless asked for', async () => {
		const own3 = async () => {
			const { message } = await act('message', { phone: ada, text: 'Hi' });
			await act('reaction', { phone: own, messageId: message.id, reaction: '👍' });
			const messageId = (await send()).split('_')[2];
			await act('edit', { phone: own, messageId, text: 'New' });
			await act('delete', { phone: own, messageId });
		};
		await publish();
		await own3();
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect((await started(1))[0].event).toBe('message.received');
		await trigger.close();
		await on.control('post', '/reset');
		await publish({ ignoreOwnMessages: false });
		await own3();
		// Beside the message itself and that of the account.
		const items = await started(5);
		expect(items.filter((item) => messageOf(item).fromMe === true)).toHaveLength(4);
	});

	it('a quoted message has the ID that it came with, and who is mentioned is named', async () => {
		await publish();
		const { message } = await act('message', { phone: ada, text: 'When?' });
		const [asked] = await started(1);
		await act('message', {
			phone: colleague,
			text: 'Now, @447700900111',
			replyTo: message.serializedId,
			mentions: [ada],
		});
		const [, answered] = await started(2);
		expect(messageOf(answered)).toMatchObject({
			replyTo: messageOf(asked).id,
			mentions: [`${ada}@c.us`],
		});
		expect(messageOf(asked)).toMatchObject({ replyTo: null, mentions: [] });
	});
});

describe.each(['dialog360', 'meta'] as const)('a quoted message at %s', (provider) => {
	const on = stage(provider);
	const group = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

	it('is named by its ID', async () => {
		const trigger = await new PublishedTrigger(
			on.setup({ phoneNumber: byId('106540352242922'), triggerOn: ['message.received'] }),
		).listen();
		await trigger.activate();
		const say = async (more: object) =>
			(await on.control('post', `/${provider}/groups/${group}/message`, {
				phone: '16505551234',
				...more,
			})) as { messageId: string };
		const { messageId } = await say({ text: 'When?' });
		await say({ text: 'Now', replyTo: messageId });
		for (let tries = 0; trigger.items.length < 2 && tries < 150; tries += 1) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		await trigger.close();
		const told = trigger.items.map(({ json }) => json.message as IDataObject);
		expect(told.find(({ text }) => text === 'Now')?.replyTo).toBe(messageId);
		expect(told.find(({ text }) => text === 'When?')).toMatchObject({
			id: messageId,
			replyTo: null,
		});
	});
});
