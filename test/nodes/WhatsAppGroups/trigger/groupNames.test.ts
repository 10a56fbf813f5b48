import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderId } from '../../../../nodes/WhatsAppGroups/contract/provider';
import { byId, stage } from '../../../support/sandbox';
import { PublishedTrigger } from '../../../support/trigger';

const people: Record<string, { group: string; subject: string; phone: string }> = {
	sinch: { group: '5519900000000-1513616971', subject: '', phone: '5519911112222' },
	dialog360: {
		group: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
		subject: '',
		phone: '16505551234',
	},
	waha: { group: '120363400000000001@g.us', subject: 'Support Team', phone: '447700900111' },
};

const secret = 'a long random text';
const running: PublishedTrigger[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (trigger) => await trigger.close()));
});

describe.each([
	['sinch', undefined],
	['dialog360', undefined],
	['waha', 'NOWEB'],
] as Array<[ProviderId, string | undefined]>)('Include Group Name at %s', (provider, engine) => {
	const on = stage(provider, engine);
	const { group, phone } = people[provider];

	async function publish(options: IDataObject): Promise<PublishedTrigger> {
		const setup = on.setup({
			session: byId('default'),
			triggerOn: ['message.received'],
			options: options as INodeParameters,
		});
		Object.values(setup.credentials)[0].webhookSecret = secret;
		const trigger = await new PublishedTrigger(setup).listen();
		running.push(trigger);
		await trigger.activate();
		if (provider === 'sinch') {
			const url = `${trigger.url}?secret=${encodeURIComponent(secret)}`;
			await on.control('put', '/sinch/webhooks', { messagesUrl: url, statusUrl: url });
		}
		await on.control('delete', '/requests');
		return trigger;
	}

	const write = async (to = group) => {
		const groups = provider === 'waha' ? `waha/noweb/groups` : `${provider}/groups`;
		await on.control('post', `/${groups}/${to}/message`, { phone, text: 'Hi' });
	};
	const started = async (trigger: PublishedTrigger, count: number) => {
		for (let tries = 0; trigger.executions.length < count && tries < 300; tries += 1) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(trigger.executions).toHaveLength(count);
		return trigger.executions.flat().map((item) => (item.group as IDataObject).subject);
	};

	it('asks nothing and says nothing unless it is on', async () => {
		const trigger = await publish({});
		await write();
		expect(await started(trigger, 1)).toEqual([null]);
		expect(await on.seen()).toEqual([]);
	});

	it('asks once for all messages of a group', async () => {
		const trigger = await publish({ includeGroupName: true });
		await Promise.all(Array.from({ length: 10 }, async () => await write()));
		const subjects = await started(trigger, 10);
		expect(new Set(subjects).size).toBe(1);
		expect(subjects[0]).toEqual(expect.stringMatching(/./));
		expect((await on.seen()).map(({ method }) => method)).toEqual(['GET']);
	});
});

describe('Include Group Name, when the look-up', () => {
	const on = stage('waha', 'GOWS');
	const group = (n: number) => `12036340000000010${n}@g.us`;

	async function publish(): Promise<PublishedTrigger> {
		const trigger = await new PublishedTrigger(
			on.setup({
				session: byId('default'),
				triggerOn: ['message.received', 'group.updated'],
				options: { includeGroupName: true },
			}),
		).listen();
		running.push(trigger);
		await trigger.activate();
		await on.control('delete', '/requests');
		return trigger;
	}

	const deliver = async (id: string, more: object = {}) =>
		await on.control('post', '/webhooks/send', {
			provider: 'waha',
			engine: 'GOWS',
			event: 'message',
			body: {
				id: `evt_${Math.random()}`,
				event: 'message',
				payload: {
					id: `false_${id}_A_1@c.us`,
					from: id,
					participant: '447700900111@c.us',
					body: 'Hi',
				},
				...more,
			},
		});
	const subjectsOf = (trigger: PublishedTrigger) =>
		trigger.executions.flat().map((item) => (item.group as IDataObject).subject);
	const groupReads = async () => (await on.calls()).filter((line) => line.includes('/groups/'));

	it('fails, the event comes without a name, and nobody asks again for a while', async () => {
		const trigger = await publish();
		await deliver(group(1));
		const { length } = await groupReads();
		expect(length).toBeGreaterThan(0);
		await deliver(group(1));
		expect(subjectsOf(trigger)).toEqual([null, null]);
		expect(await groupReads()).toHaveLength(length);
		expect(trigger.warnings).toEqual([]);
	});

	it('hangs, the event comes all the same, and the next one does not wait', async () => {
		const trigger = await publish();
		await on.control('post', '/faults', { kind: 'hang', path: 'groups/', times: 'always' });
		const startedAt = Date.now();
		await deliver(group(2));
		const waited = Date.now() - startedAt;
		const again = Date.now();
		await deliver(group(2));
		expect(Date.now() - again).toBeLessThan(waited / 2);
		expect(subjectsOf(trigger)).toEqual([null, null]);
	});

	it('is not needed: an event before told the name', async () => {
		const trigger = await publish();
		await deliver(group(3), {
			event: 'group.v2.update',
			payload: { group: { id: group(3), subject: 'Renamed' } },
		});
		await deliver(group(3));
		expect(subjectsOf(trigger)).toEqual(['Renamed', 'Renamed']);
		expect(await groupReads()).toEqual([]);
	});
});
