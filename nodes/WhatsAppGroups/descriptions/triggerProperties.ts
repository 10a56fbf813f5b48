import type { INodeProperties } from 'n8n-workflow';
import type { EventName } from '../model';
import { providers } from '../providers';
import type { Provider } from '../contract/provider';
import type { TriggerOption } from '../contract/trigger';
import { eventLabels, statusEvents } from '../trigger/events';
import { shownEnding } from '../trigger/urlEnding';
import { accountFields, dependsOnAccount, providerField } from './properties';

/** The trigger's parameters, made from the records of the providers. */
export function buildTriggerProperties(): INodeProperties[] {
	return [
		providerField(),
		...providers.map(noticeField),
		...providers.filter(isSetByHand).map(urlEndingField),
		...accountFields(),
		...providers.map(triggerOnField),
		{
			displayName: 'Groups',
			name: 'groupScope',
			type: 'options',
			default: 'all',
			description: 'Which groups start the workflow',
			options: [
				{ name: 'All', value: 'all', description: 'Every group that the account is in' },
				{ name: 'Chosen', value: 'chosen', description: 'Only the groups chosen below' },
			],
		},
		{
			displayName: 'Group Names or IDs',
			name: 'groups',
			type: 'multiOptions',
			required: true,
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			typeOptions: {
				loadOptionsMethod: 'getGroups',
				loadOptionsDependsOn: dependsOnAccount,
			},
			displayOptions: { show: { groupScope: ['chosen'] } },
		},
		optionsField(),
	];
}

/** Its users give the URL to it themselves, with a secret at the end. */
function isSetByHand({ trigger }: Provider): boolean {
	return trigger.registration === undefined;
}

function idsWith(option: TriggerOption): string[] {
	return providers.filter(({ trigger }) => trigger.options?.includes(option)).map(({ id }) => id);
}

/** What the editor lists under Trigger On; the statuses come by an option. */
export function selectableEvents({ trigger }: Provider): EventName[] {
	return (Object.keys(eventLabels) as EventName[]).filter(
		(event) => trigger.events[event] !== undefined && !statusEvents.includes(event),
	);
}

function noticeField({ id, trigger }: Provider): INodeProperties {
	return {
		displayName: trigger.notice,
		name: `notice_${id}`,
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: [id] } },
	};
}

/** Not a choice, but a list is the one field that shows what needs a credential: named for what it shows. */
function urlEndingField({ id, name }: Provider): INodeProperties {
	const typeOptions = { loadOptionsMethod: 'getUrlEnding', loadOptionsDependsOn: ['provider'] };
	return {
		displayName: 'URL Ending',
		name: 'urlEnding',
		type: 'options',
		default: shownEnding,
		description: `What to add to the Production URL before you give it to ${name} support. It is a secret.`,
		typeOptions,
		displayOptions: { show: { provider: [id] } },
	};
}

function triggerOnField(provider: Provider): INodeProperties {
	const events = selectableEvents(provider);
	return {
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		required: true,
		default: ['message.received'],
		displayOptions: { show: { provider: [provider.id] } },
		options: events.map((event) => ({
			name: eventLabels[event],
			value: event,
			description: provider.trigger.events[event],
		})),
	};
}

function optionsField(): INodeProperties {
	const resolving = providers.filter(({ trigger }) => trigger.resolvePhone).map(({ id }) => id);
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Download Files',
				name: 'downloadFiles',
				type: 'boolean',
				default: false,
				description:
					'Whether to put out the file of a message as binary data. The delivery waits for it up to 4 seconds: what is too large or does not come in time is left out, and <code>message.media.error</code> tells why.',
			},
			{
				displayName: 'Field Name for Files',
				name: 'binaryPropertyName',
				type: 'string',
				default: 'data',
				description: 'Name of the field in which Download Files puts the file',
			},
			{
				displayName: 'Ignore Own Messages',
				name: 'ignoreOwnMessages',
				type: 'boolean',
				default: true,
				description:
					'Whether what the account itself writes, edits and deletes, its reactions and its votes start nothing',
			},
			{
				displayName: 'Include Group Name',
				name: 'includeGroupName',
				type: 'boolean',
				default: false,
				description:
					'Whether to look up the subject of the group where the provider does not tell it, which messages never do. It is remembered for ten minutes.',
			},
			{
				displayName: 'Include Headers',
				name: 'includeHeaders',
				type: 'boolean',
				default: false,
				description:
					'Whether to put out the headers of the delivery too, without those that hold a secret',
			},
			{
				displayName: 'Include Message Statuses',
				name: 'includeMessageStatuses',
				type: 'boolean',
				default: false,
				description:
					'Whether the workflow also starts when a message of yours was sent, delivered, read or failed',
			},
			{
				displayName: 'Include Raw Payload',
				name: 'includeRawPayload',
				type: 'boolean',
				default: false,
				description: 'Whether to put out the body as the provider sent it too',
			},
			{
				displayName: 'Max File Size (MB)',
				name: 'maxFileSize',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 16,
				description:
					'The largest file that Download Files takes. While it is downloaded it is held in the memory of n8n.',
			},
			{
				displayName: 'Replace Other Webhook',
				name: 'replaceOther',
				type: 'boolean',
				default: false,
				description:
					'Whether to take the place of an address that somebody else has set. It cannot be put back afterwards.',
				displayOptions: { show: { '/provider': idsWith('replaceOther') } },
			},
			{
				displayName: 'Resolve Phone Numbers',
				name: 'resolvePhoneNumbers',
				type: 'boolean',
				default: false,
				description:
					'Whether to look up the phone number of people whose ID hides it, with one more request per person. What is not answered within 3 seconds stays empty.',
				displayOptions: { show: { '/provider': resolving } },
			},
			{
				displayName: 'Skip Duplicates',
				name: 'skipDuplicates',
				type: 'boolean',
				default: true,
				description:
					'Whether an event that the provider delivers again starts nothing. The last 2,000 events are remembered.',
			},
			{
				displayName: 'Whole Account',
				name: 'wholeAccount',
				type: 'boolean',
				default: false,
				description:
					"Whether events of every number of the account arrive, save those with a trigger of their own. In the output, <code>account</code> is the number's ID.",
				displayOptions: { show: { '/provider': idsWith('wholeAccount') } },
			},
		],
	};
}
