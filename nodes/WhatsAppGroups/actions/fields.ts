import type { INodeProperties } from 'n8n-workflow';

/** Fields that several operations have. */

export const groupField: INodeProperties = {
	displayName: 'Group',
	name: 'group',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The WhatsApp group to act on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a group…',
			typeOptions: { searchListMethod: 'searchGroups', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string' },
	],
};

export const participantsField: INodeProperties = {
	displayName: 'Participants',
	name: 'participants',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +44 7700 900123, +55 19 90000-0001',
	description:
		'Phone numbers with country code, separated by commas, or an expression that gives a list. IDs as Participant: Get Many puts them out are taken too.',
};

export const joinRequestsField: INodeProperties = {
	displayName: 'Join Request IDs',
	name: 'joinRequests',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. MTY0NjcwNDM1OTU6MTIwMzYzNDA0Njk0MjMzODIw',
	description:
		'IDs of the requests as Join Request: Get Many puts them out in <code>joinRequest</code>, separated by commas, or an expression that gives a list',
};

export const failOnPartialFailureOption: INodeProperties = {
	displayName: 'Fail on Partial Failure',
	name: 'failOnPartialFailure',
	type: 'boolean',
	default: false,
	description:
		'Whether the node fails when the provider refuses some of the entries, instead of putting out one item per entry with its status',
};

export const pagingFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Options that every operation has; see the runner. */
const runOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: 5,
		description:
			'How many requests may be under way at once. Items that act on the same group always run one after the other.',
	},
	{
		displayName: 'Delay Between Requests (Ms)',
		name: 'delayBetweenRequests',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Least time between the starts of two requests, in milliseconds',
	},
];

/** Some operations have further entries. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: runOptions,
};
