import { join } from 'node:path';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { sandboxCredentials, webhookSecret } from '../../sandbox/n8n/accounts';
import { N8n, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Attempt } from '../../sandbox/webhooks/deliverer';
import {
	groupMessages,
	isReady,
	messageBody,
	starter,
	startsByText,
	textIn,
	untilIdle,
	watchMemory,
	withRepeats,
} from './stress';
import type { StarterWorkflow } from './stress';
import { control } from './support';

/** `npm run test:stress` runs the long form; docs/trigger.md has its figures. */
const isFull = process.env.STRESS === 'full';
const size = isFull
	? { distinct: 2000, repeats: 400, killed: 300, rounds: 5, perRound: 100 }
	: { distinct: 120, repeats: 30, killed: 60, rounds: 0, perRound: 0 };
const connections = 20;

const providerIds = providers.map(({ id }) => id);
/** One whose secret is registered, and one whose secret is of the credential, stand for all in the short form. */
const inBursts = isFull ? providerIds : (['waha', 'meta'] as const);
const triggers = Object.fromEntries(
	providerIds.map((id) => [id, groupMessages(`stress-${id}`, id)]),
) as Record<ProviderId, StarterWorkflow>;
const bare = starter('stress-bare', 'n8n-nodes-bare-trigger.bareTrigger', { parameters: {} });
const webhook = starter('stress-webhook', 'n8n-nodes-base.webhook', {}, 'stress');

let sandbox: Sandbox;
let n8n: N8n;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [...Object.values(triggers), bare, webhook],
		packages: [join(__dirname, 'packages/n8n-nodes-bare-trigger')],
		log: say,
	});
	for (const { id } of [...Object.values(triggers), bare, webhook]) await n8n.publish(id);
	await until('the webhooks to be registered', 30_000, async () => {
		const state = await control(sandbox, 'get', '/state');
		const text = JSON.stringify(state);
		const isThere = ({ nodes }: StarterWorkflow) => text.includes(nodes[0].webhookId);
		const registered = providers.filter(({ trigger }) => trigger.registration);
		return registered.every(({ id }) => isThere(triggers[id])) ? true : undefined;
	});
	await new Promise((resolve) => setTimeout(resolve, 2000));
	const messagesUrl = urlOf('sinch');
	await control(sandbox, 'put', '/sinch/webhooks', { messagesUrl, statusUrl: messagesUrl });
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function urlOf(provider: ProviderId): string {
	const { webhookId } = triggers[provider].nodes[0];
	const url = `${n8n.url}/webhook/${webhookId}/whatsapp-groups`;
	return provider === 'sinch' ? `${url}?secret=${webhookSecret}` : url;
}

/**
 * Delivers signed bodies, so many at once; without `url` to the provider's trigger. What is not answered
 * in time, as on a busy machine, is delivered again, as the provider would.
 */
async function burst(
	provider: ProviderId,
	texts: readonly string[],
	url = urlOf(provider),
): Promise<{ late: number; perSecond: number }> {
	const startedAt = Date.now();
	let late = 0;
	for (let left = [...texts]; left.length > 0;) {
		const attempts = await control<Attempt[]>(sandbox, 'post', '/webhooks/send', {
			provider,
			url,
			bodies: left.map((text) => messageBody(provider, text)),
			connections,
		});
		const failed = attempts.filter(({ status }) => status !== 200);
		expect(failed.filter(({ status }) => status !== null)).toEqual([]);
		left = failed.map(({ body }) => textIn(JSON.stringify(body), texts[0].split('-')[0]));
		late += left.length;
	}
	return { late, perSecond: (texts.length * 1000) / (Date.now() - startedAt) };
}

function texts(prefix: string, count: number): string[] {
	return Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
}

async function restarted(): Promise<void> {
	await n8n.restart();
	await until('n8n to be ready', 60_000, async () => ((await isReady(n8n)) ? true : undefined));
}

describe('a burst', () => {
	let webhookPeak = Infinity;

	beforeAll(async () => {
		// On a busy machine an answer takes long; repeats of those would be measured as well.
		await control(sandbox, 'put', '/webhooks', { patienceMs: 60_000 });
		if (!isFull) return;
		// Each is measured in a process of its own, since memory once taken is seldom given back.
		await restarted();
		const peak = watchMemory(n8n);
		const all = texts('webhook', size.distinct + size.repeats);
		const { perSecond } = await burst('sinch', all, `${n8n.url}/webhook/stress`);
		await untilIdle(n8n, webhook.id);
		webhookPeak = peak();
		say(`Webhook node: ${perSecond.toFixed(1)} deliveries/s, at most ${webhookPeak} MB`);
	});

	it.each(inBursts)('%s: every event runs once, those that come again do not', async (id) => {
		if (isFull) await restarted();
		const peak = watchMemory(n8n);
		const distinct = texts(`burst${id}`, size.distinct);
		const { late, perSecond } = await burst(id, withRepeats(distinct, size.repeats));
		await untilIdle(n8n, triggers[id].id);
		const memory = peak();
		say(`${id}: ${perSecond.toFixed(1)} deliveries/s, ${late} late, at most ${memory} MB`);
		const starts = await startsByText(n8n, triggers[id].id, `burst${id}`);
		expect([...starts.keys()].sort()).toEqual([...distinct].sort());
		expect([...starts].filter(([, times]) => times !== 1)).toEqual([]);
		expect(memory).toBeLessThan(webhookPeak * 2);
	});
});

describe('n8n goes away in a burst, and the provider tries again', () => {
	const end = {
		SIGKILL: async () => await n8n.kill(),
		SIGTERM: async () => await n8n.stop(),
	};

	it.each(['SIGKILL', 'SIGTERM'] as const)('%s: nothing is lost', async (signal) => {
		const group = '120363400000000001@g.us';
		const prefix = `Text${signal}`;
		await control(sandbox, 'delete', '/webhooks/deliveries');
		await control(sandbox, 'put', '/webhooks', { retryDelayMs: 500, maxAttempts: 1000 });
		const order = { count: size.killed, text: prefix };
		await control(sandbox, 'post', `/waha/webjs/groups/${group}/messages`, order);
		const attempts = async () =>
			(await control<Attempt[]>(sandbox, 'get', '/webhooks/deliveries')).filter(({ url }) =>
				url.includes(triggers.waha.nodes[0].webhookId),
			);
		const answered = async () => (await attempts()).filter(({ status }) => status === 200);
		await until('a quarter to be answered', 60_000, async () =>
			(await answered()).length > size.killed / 4 ? true : undefined,
		);
		await end[signal]();
		// What n8n itself answers while it starts is not the trigger's: as behind a proxy that waits.
		await control(sandbox, 'put', '/webhooks', { paused: true });
		const before = (await answered()).length;
		// On SIGTERM n8n may still work off all of it.
		if (signal === 'SIGKILL') expect(before).toBeLessThan(size.killed);
		await restarted();
		await control(sandbox, 'put', '/webhooks', { paused: false });
		await until('all to be answered', 120_000, async () =>
			new Set((await answered()).map(({ id }) => id)).size === size.killed ? true : undefined,
		);
		await untilIdle(n8n, triggers.waha.id);

		const starts = await startsByText(n8n, triggers.waha.id, prefix);
		expect(starts.size).toBe(size.killed);
		const twice = [...starts.values()].filter((times) => times > 1).length;
		say(`${signal} after ${before} of ${size.killed}: ${starts.size} ran, ${twice} of them twice`);
		// Only what was under way: saved, and cut off before the provider had the answer.
		expect(twice).toBeLessThanOrEqual(connections);
	});
});

(isFull ? describe : describe.skip)('side by side with a trigger that does nothing', () => {
	/** Processor time of n8n per delivery, which other work on the machine leaves as it is. */
	async function cost(id: ProviderId, workflowId: string, prefix: string, url?: string) {
		const before = n8n.cpuMs();
		const { perSecond } = await burst(id, texts(prefix, size.perRound), url);
		await untilIdle(n8n, workflowId);
		return { perSecond, ms: (n8n.cpuMs() - before) / size.perRound };
	}

	it.each(providerIds)('%s: costs at most a twentieth more, duplicates skipped', async (id) => {
		await restarted();
		const bareUrl = `${n8n.url}/webhook/${bare.nodes[0].webhookId}/bare`;
		const own: Array<{ perSecond: number; ms: number }> = [];
		const other: typeof own = [];
		// The first round warms n8n up.
		for (let round = 0; round <= size.rounds; round += 1) {
			const sides = [
				async () => own.push(await cost(id, triggers[id].id, `own${id}${round}`)),
				async () => other.push(await cost(id, bare.id, `bare${id}${round}`, bareUrl)),
			];
			// In turns, since n8n gets slower the more it has stored.
			for (const measure of round % 2 === 0 ? sides : sides.reverse()) await measure();
		}
		const median = (all: typeof own, key: 'perSecond' | 'ms') => {
			const sorted = all.slice(1).map((one) => one[key]);
			return sorted.sort((a, b) => a - b)[Math.floor(sorted.length / 2)];
		};
		const ratio = median(other, 'ms') / median(own, 'ms');
		const figures = (all: typeof own) =>
			`${median(all, 'perSecond').toFixed(1)}/s, ${median(all, 'ms').toFixed(1)} ms CPU each`;
		say(`${id}: ${figures(own)}; bare ${figures(other)}; ${ratio.toFixed(3)}`);
		expect(ratio).toBeGreaterThan(0.95);
	});
});
