import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupEvent, Person } from '../../../../nodes/WhatsAppGroups/model';
import { providerOf } from '../../../../nodes/WhatsAppGroups/providers';
import type { ProviderId } from '../../../../nodes/WhatsAppGroups/contract/provider';

/** What a field of the right type may be in the wrong delivery; `undefined` stands for a field left out. */
const replacements: readonly unknown[] = [
	undefined,
	null,
	'',
	'text',
	7,
	-1e21,
	true,
	[],
	[null, 7, 'text', {}, []],
	{},
	{ text: 'text' },
	// What JavaScript calls when it needs text or a number.
	{ toString: 'text', valueOf: 7, length: 1 },
];

const folder = join(__dirname, '../../../fixtures');
/** Fixtures of deliveries are those whose section is one of webhooks, or that were recorded. */
const isDelivery = /^(1\.5|3\.9|3\.10|4\.5|8|wild)-/;
const cases = (['sinch', 'dialog360', 'waha'] as const).flatMap((provider) =>
	readdirSync(join(folder, provider))
		.filter((name) => isDelivery.test(name.replace(/^4\.5\.\d/, '4.5')))
		.map((name) => [provider, name] as const),
);

type Path = Array<string | number>;

/** The way to every field of a body, however deep. */
function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const here = [...path, Array.isArray(value) ? Number(key) : key];
		return [here, ...pathsOf(inner, here)];
	});
}

/** The body with another value at the end of the way, or without it. */
function changed(body: unknown, path: Path, replacement: unknown): unknown {
	const copy = JSON.parse(JSON.stringify(body)) as unknown;
	const last = path[path.length - 1];
	const holder = path.slice(0, -1).reduce((inner, key) => (inner as never)[key], copy) as Record<
		string | number,
		unknown
	>;
	if (replacement !== undefined) holder[last] = replacement;
	else if (Array.isArray(holder)) holder.splice(Number(last), 1);
	else delete holder[last];
	return copy;
}

function parse(provider: ProviderId, body: unknown): GroupEvent[] | string {
	return providerOf(provider).trigger.parse({
		body,
		headers: {},
		query: {},
		rawBody: Buffer.alloc(0),
	});
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function personFaults(person: Person, where: string): string[] {
	return [
		...(isText(person.id) ? [] : [`${where} without id`]),
		...(person.phone === null || /^\d{3,20}$/.test(person.phone) ? [] : [`${where}: phone`]),
	];
}

/** What is wrong with an event that the model promises otherwise. */
function faultsOf(provider: ProviderId, event: GroupEvent): string[] {
	const { actor, changes, errors, group, message, participants, timestamp } = event;
	const json = JSON.stringify(event);
	const checks: Array<[boolean, string]> = [
		[event.event in providerOf(provider).trigger.events, 'event that is not listed'],
		[isText(group.id), 'group without id'],
		[provider !== 'waha' || /@g\.us$/.test(String(group.id)), 'group that is none'],
		[group.subject === null || typeof group.subject === 'string', 'subject'],
		[isText(event.deliveryId), 'deliveryId'],
		[timestamp === null || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(timestamp), 'timestamp'],
		[timestamp === null || !timestamp.startsWith('0'), 'a time before there was WhatsApp'],
		[participants === null || participants.length > 0, 'participants without anybody'],
		[changes === null || Object.keys(changes).length > 0, 'changes without any'],
		[
			Object.values(changes ?? {}).every((value) => value !== null && value !== undefined),
			'unknown changes',
		],
		[errors === null || errors.length > 0, 'errors without any'],
		[message === null || message.id === null || isText(message.id), 'message id'],
		[message === null || isText(message.type), 'message type'],
		[message === null || message.text === null || isText(message.text), 'message text'],
		[
			!event.event.startsWith('message.') || message !== null,
			'event of a message without a message',
		],
		[
			!/^participant\.(joined|left|removed|promoted|demoted)$/.test(event.event) ||
				participants !== null,
			'event of participants without any',
		],
		[JSON.stringify(JSON.parse(json)) === json, 'what is no JSON'],
		[!/\[object |undefined|NaN|function/.test(json), 'words of JavaScript'],
	];
	return [
		...checks.filter(([isRight]) => !isRight).map(([, what]) => what),
		...(actor ? personFaults(actor, 'actor') : []),
		...(participants ?? []).flatMap((person) => personFaults(person, 'participant')),
	];
}

describe.each(cases)('%s %s with a field left out or of another type', (provider, name) => {
	const original = JSON.parse(readFileSync(join(folder, provider, name), 'utf8')) as unknown;

	it('is read as it is', () => {
		const events = parse(provider, original);
		expect(events).not.toHaveLength(0);
		expect((events as GroupEvent[]).flatMap((event) => faultsOf(provider, event))).toEqual([]);
	});

	it('neither fails nor gives nonsense', () => {
		const found: string[] = [];
		for (const path of pathsOf(original)) {
			for (const replacement of replacements) {
				const about = `${path.join('.')} = ${JSON.stringify(replacement) ?? 'left out'}`;
				try {
					const events = parse(provider, changed(original, path, replacement));
					if (typeof events === 'string') continue;
					const faults = events.flatMap((event) => faultsOf(provider, event));
					found.push(...faults.map((fault) => `${about}: ${fault}`));
					if (new Set(events.map(({ deliveryId }) => deliveryId)).size < events.length) {
						found.push(`${about}: two events with one deliveryId`);
					}
				} catch (error) {
					found.push(`${about}: ${String(error)}`);
				}
			}
		}
		expect(found).toEqual([]);
	});
});

it('every fixture has its source named', () => {
	const sources = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/`([^`]+)`/g)].map(
		([, name]) => name,
	);
	const isNamed = (file: string) =>
		sources.some((source) =>
			source.includes('*')
				? new RegExp(`^${source.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(file)
				: source === file,
		);
	const files = (['sinch', 'dialog360', 'waha'] as const).flatMap((provider) =>
		readdirSync(join(folder, provider)).map((name) => `${provider}/${name.replace('.json', '')}`),
	);
	expect(files.filter((file) => !isNamed(file))).toEqual([]);
});

describe('a delivery of several', () => {
	const read = (provider: ProviderId, name: string) =>
		// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads are changed freely
		JSON.parse(readFileSync(join(folder, provider, `${name}.json`), 'utf8')) as any;

	it.each([
		'4.5.2-joined',
		'4.5.5-message',
		'4.5.6-status-failed',
		'4.5.3-settings-partial-failure',
	])('360dialog: one that cannot be read costs none of the others (%s)', (name) => {
		const intact = read('dialog360', name);
		const expected = parse('dialog360', intact) as GroupEvent[];
		const list = ['messages', 'statuses', 'groups'].find(
			(key) => intact.entry[0].changes[0].value[key],
		)!;
		const [element] = intact.entry[0].changes[0].value[list];
		for (const path of pathsOf(element)) {
			for (const replacement of replacements) {
				const body = read('dialog360', name);
				const { value } = body.entry[0].changes[0];
				value[list] = [changed(element, path, replacement), null, 7, ...value[list]];
				expect(parse('dialog360', body)).toEqual(expect.arrayContaining(expected));
			}
		}
	});

	it.each(['1.5-group-message', '1.5-status'])(
		'Sinch: one that cannot be read costs none of the others (%s)',
		(name) => {
			const intact = read('sinch', name);
			const expected = parse('sinch', intact) as GroupEvent[];
			const [element] = intact.data;
			for (const path of pathsOf(element)) {
				for (const replacement of replacements) {
					const data = [changed(element, path, replacement), null, 7, element];
					expect(parse('sinch', { ...intact, data })).toEqual(expect.arrayContaining(expected));
				}
			}
		},
	);
});
