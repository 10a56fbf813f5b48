import { resources } from '../nodes/WhatsAppGroups/actions';
import { providers } from '../nodes/WhatsAppGroups/providers';
import { eventLabels } from '../nodes/WhatsAppGroups/trigger/events';
import { messageLabels, messageTypes } from '../nodes/WhatsAppGroups/actions/message/send/fields';
import type { MessageSupport } from '../nodes/WhatsAppGroups/contract/messages';
import type { EventName } from '../nodes/WhatsAppGroups/model';
import type { OperationKey } from '../nodes/WhatsAppGroups/contract/operations';

/** The operations table of the README: resource and operation against providers. */
export function operationsTable(): string {
	return table(
		['Resource', 'Operation', ...providers.map(({ name }) => name)],
		resources.flatMap((resource) =>
			resource.operations.map(({ key, name }) => [
				resource.name,
				name,
				...providers.map(({ operations }) => (operations[key] ? '✓' : '–')),
			]),
		),
	);
}

/** The table of events of the README: what starts a workflow, by provider. */
export function eventsTable(): string {
	return table(
		['Event', 'In `event`', ...providers.map(({ name }) => name)],
		(Object.keys(eventLabels) as EventName[]).map((event) => [
			eventLabels[event],
			`\`${event}\``,
			...providers.map(({ trigger }) => (trigger.events[event] ? '✓' : '–')),
		]),
	);
}

/** `docs/capabilities.md`: what each operation calls at each provider, or why it cannot. */
export function capabilitiesPage(): string {
	const sections = resources.flatMap((resource) =>
		resource.operations.flatMap(({ key, name, description }) => [
			`### ${resource.name}: ${name}`,
			`${description}.`,
			table(
				['Provider', 'Endpoints, or why not'],
				providers.map((provider) => [provider.name, cell(provider.id, key)]),
			),
		]),
	);
	const limits = table(
		['Provider', 'Subject', 'Description', 'Picture'],
		providers.map(({ name, limits: { subject, description, picture } }) => [
			name,
			subject ? `${subject} characters` : 'not documented',
			description ? `${description} characters` : '–',
			`${picture.mimeTypes.map((type) => type.replace('image/', '').toUpperCase()).join(', ')}, up to ${picture.size / 1024 / 1024} MB`,
		]),
	);
	return [
		'# What each provider can do',
		'This page is made from the records of the code by `npm run docs`; a test keeps it true.',
		operationsTable(),
		'## Limits that are checked before a request is sent',
		limits,
		'## Messages',
		'What Message: Send can send to a group, and what is checked of files before anything is sent.',
		messagesTable(),
		'## Operations',
		...sections,
		'## Events',
		eventsTable(),
		...providers.flatMap(({ name, trigger }) => [
			`### ${name}`,
			trigger.notice,
			table(
				['Event', 'What makes it happen'],
				Object.entries(trigger.events).map(([event, text]) => [`\`${event}\``, text]),
			),
		]),
		'',
	].join('\n\n');
}

/** Message type against providers: the limits of files, or why it cannot be sent. */
function messagesTable(): string {
	return table(
		['Message Type', ...providers.map(({ name }) => name)],
		messageTypes.map((type) => [
			messageLabels[type],
			...providers.map(({ messages, unsupportedMessages }) => {
				const support = messages[type];
				if (!support) return unsupportedMessages[type] ?? '';
				const calls = support.endpoints.map((endpoint) => `\`${endpoint}\``);
				const unproven = support.unproven && `Unproven: ${support.unproven}`;
				return [...calls, limitsOf(support), support.note, unproven].filter(Boolean).join('<br>');
			}),
		]),
	);
}

function limitsOf({ file }: MessageSupport): string {
	if (!file) return '';
	const types = file.mimeTypes?.map((type) => type.split('/')[1]).join(', ') ?? 'any type';
	const size = file.size / 1024;
	return `${types}; up to ${size < 1024 ? `${size} kB` : `${size / 1024} MB`}`;
}

function cell(id: string, key: OperationKey): string {
	const provider = providers.find((candidate) => candidate.id === id)!;
	const { endpoints, unproven } = provider.operations[key] ?? {};
	if (!endpoints) return provider.unsupported[key] ?? '';
	const lines = endpoints.map((endpoint) => `\`${endpoint}\``);
	return [...lines, ...(unproven === undefined ? [] : [`Unproven: ${unproven}`])].join('<br>');
}

function table(header: string[], rows: string[][]): string {
	return [header, header.map(() => '---'), ...rows]
		.map((row) => `| ${row.join(' | ')} |`)
		.join('\n');
}
