import type { IDataObject } from 'n8n-workflow';
import { providerOf } from '../../../../nodes/WhatsAppGroups/providers';
import type { ProviderId } from '../../../../nodes/WhatsAppGroups/contract/provider';
import type { Attempt } from '../../../../sandbox/webhooks/deliverer';
import { happenings, untold } from '../../../support/happenings';
import { byId, stage } from '../../../support/sandbox';
import { PublishedTrigger } from '../../../support/trigger';

const cases: Array<[name: string, provider: ProviderId, engine?: string]> = [
	['Sinch', 'sinch'],
	['360dialog', 'dialog360'],
	['Meta', 'meta'],
	['WAHA WEBJS', 'waha', 'WEBJS'],
	['WAHA NOWEB', 'waha', 'NOWEB'],
	['WAHA GOWS', 'waha', 'GOWS'],
];

/** What happened where comes first, what a person does not read last. */
function expectReadableOrder(item: IDataObject): void {
	const order = ['event', 'group', 'account', 'actor', 'participants', 'message'];
	const rest = ['changes', 'joinRequest', 'requestId', 'errors', 'timestamp'];
	const all = [...order, ...rest, 'provider', 'deliveryId'];
	expect(Object.keys(item)).toEqual(all.filter((key) => key in item));
	expect(Object.keys(item.group as IDataObject)).toEqual(['id', 'subject']);
}

describe.each(cases)('what happens at %s', (_, provider, engine) => {
	const on = stage(provider, engine);
	const secret = 'a long random text';
	let trigger: PublishedTrigger;

	beforeEach(async () => {
		const events = Object.keys(providerOf(provider).trigger.events).filter(
			(event) => !/^message\.(sent|delivered|read|failed)$/.test(event),
		);
		const setup = on.setup({
			session: byId('default'),
			phoneNumber: byId('106540352242922'),
			triggerOn: events,
			options: { includeMessageStatuses: true },
		});
		Object.values(setup.credentials)[0].webhookSecret = secret;
		trigger = await new PublishedTrigger(setup).listen();
		await trigger.activate();
		if (provider === 'sinch') {
			const url = `${trigger.url}?secret=${encodeURIComponent(secret)}`;
			await on.control('put', '/sinch/webhooks', { messagesUrl: url, statusUrl: url });
		}
	});
	afterEach(async () => await trigger.close());

	const started = () => trigger.executions.flat();

	async function until(condition: () => boolean): Promise<void> {
		for (let tries = 0; !condition() && tries < 150; tries += 1) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	it('starts the workflow, every event of the provider', async () => {
		const causes = happenings(on.sandbox(), provider, engine);
		const engineLimits = untold[engine ?? ''] ?? [];
		expect([...causes.map(([event]) => event), ...engineLimits].sort()).toEqual(
			Object.keys(providerOf(provider).trigger.events).sort(),
		);
		for (const [event, cause] of causes) {
			const before = started().length;
			await cause();
			await until(() =>
				started()
					.slice(before)
					.some((item) => item.event === event),
			);
			const item = started()
				.slice(before)
				.find((candidate) => candidate.event === event);
			expect([event, item]).toEqual([
				event,
				expect.objectContaining({ provider, deliveryId: expect.any(String) }),
			]);
			expectReadableOrder(item!);
			expect([event, (item?.group as IDataObject).id]).toEqual([event, expect.any(String)]);
			expect([event, item?.timestamp]).toEqual([event, expect.stringMatching(/^\d{4}-.*Z$/)]);
		}
		const ids = started().map(({ deliveryId }) => deliveryId);
		expect(new Set(ids).size).toBe(ids.length);
		const deliveries = (await on.control('get', '/webhooks/deliveries')) as Attempt[];
		expect(deliveries.filter(({ status }) => status !== 200)).toEqual([]);
	});

	it('is delivered again until it is answered, in any order, and starts the workflow once', async () => {
		const causes = happenings(on.sandbox(), provider, engine);
		const [, cause] = causes.find(([event]) => event === 'message.received')!;
		await cause();
		await until(() => started().length === 1);
		await on.control('post', '/webhooks/replay', { times: 3, order: 'reversed' });
		expect(started()).toHaveLength(1);
	});
});

describe('Resolve Phone Numbers', () => {
	const on = stage('waha', 'NOWEB');

	it.each([
		[true, '447700900111'],
		[false, null],
	])('looks up who hides behind a lid: %s', async (resolvePhoneNumbers, phone) => {
		const trigger = await new PublishedTrigger(
			on.setup({
				session: byId('default'),
				triggerOn: ['participant.joined'],
				options: { resolvePhoneNumbers },
			}),
		).listen();
		await trigger.activate();
		await on.control('post', '/webhooks/send', {
			provider: 'waha',
			engine: 'NOWEB',
			body: {
				id: 'evt_lid',
				event: 'group.v2.participants',
				payload: {
					group: { id: '1@g.us' },
					type: 'join',
					participants: [{ id: '100000000000111@lid' }, { id: '100000000000113@lid' }],
				},
			},
		});
		await trigger.close();
		const [[item]] = trigger.executions;
		expect(item.participants).toMatchObject([{ phone }, { phone: null }]);
	});
});
