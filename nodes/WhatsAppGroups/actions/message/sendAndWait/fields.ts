import type { INodeProperties } from 'n8n-workflow';
import { limitTypes, timeUnits } from '../../../waiting/limit';
import { fieldTypes, responseTypes } from '../../../waiting/question';

type Words<T extends string> = Record<T, { name: string; description?: string }>;

/** Entries of a list of options, in the order of their values. */
function entries<T extends string>(values: readonly T[], words: Words<T>) {
	return values.map((value) => ({ value, ...words[value] }));
}

const responseTypeField: INodeProperties = {
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	default: 'approval',
	description:
		'What people are asked for on the page behind the link, which anybody in the group can open',
	options: entries(responseTypes, {
		approval: { name: 'Approval', description: 'One button to approve, or a second to decline' },
		customForm: { name: 'Custom Form', description: 'A form with elements of your own' },
		freeText: { name: 'Free Text', description: 'A text of any length' },
	}),
};

const formFields: INodeProperties = {
	displayName: 'Form Elements',
	name: 'formFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Form Element',
	default: {},
	description: 'What the form asks for; the answers are put out by label',
	displayOptions: { show: { responseType: ['customForm'] } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Label',
					name: 'fieldLabel',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. How many will you be?',
					description: 'What is asked for',
				},
				{
					displayName: 'Element Type',
					name: 'fieldType',
					type: 'options',
					default: 'text',
					description: 'What can be entered',
					options: entries(fieldTypes, {
						date: { name: 'Date' },
						dropdown: { name: 'Dropdown' },
						email: { name: 'Email' },
						number: { name: 'Number' },
						text: { name: 'Text' },
						textarea: { name: 'Textarea' },
					}),
				},
				{
					displayName: 'Choices',
					name: 'fieldOptions',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. Monday',
					description: 'What can be chosen, each on a line of its own',
					displayOptions: { show: { fieldType: ['dropdown'] } },
				},
				{
					displayName: 'Required',
					name: 'requiredField',
					type: 'boolean',
					default: false,
					description: 'Whether the form cannot be sent without it',
				},
			],
		},
	],
};

const approvalOptions: INodeProperties = {
	displayName: 'Approval Options',
	name: 'approvalOptions',
	type: 'fixedCollection',
	placeholder: 'Add Option',
	default: {},
	description: 'The buttons of the page',
	displayOptions: { show: { responseType: ['approval'] } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Type of Approval',
					name: 'approvalType',
					type: 'options',
					default: 'single',
					description: 'Which buttons the page has',
					options: [
						{ name: 'Approve Only', value: 'single' },
						{ name: 'Approve and Disapprove', value: 'double' },
					],
				},
				{
					displayName: 'Approve Button Label',
					name: 'approveLabel',
					type: 'string',
					default: 'Approve',
					description: 'Words on the button that approves',
				},
				{
					displayName: 'Disapprove Button Label',
					name: 'disapproveLabel',
					type: 'string',
					default: 'Decline',
					description: 'Words on the button that disapproves',
					displayOptions: { show: { approvalType: ['double'] } },
				},
			],
		},
	],
};

const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		'How long to wait for a response. When the time is over, the input items are passed on, without <code>data</code>.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					default: 'afterTimeInterval',
					description: 'What ends the waiting',
					options: entries(limitTypes, {
						afterTimeInterval: {
							name: 'After Time Interval',
							description: 'Waits for a certain amount of time',
						},
						atSpecifiedTime: {
							name: 'At Specified Time',
							description: 'Waits until a certain date and time',
						},
					}),
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					description: 'The time to wait; n8n looks about once a minute whether it is over',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					default: 'hours',
					description: 'Unit of the amount',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					options: entries(timeUnits, {
						minutes: { name: 'Minutes' },
						hours: { name: 'Hours' },
						days: { name: 'Days' },
					}),
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					description: 'Until when to wait, in the time zone of the workflow',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
				},
			],
		},
	],
};

export const sendAndWaitFields: INodeProperties[] = [
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		required: true,
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Shall the order be placed?',
		description: 'Text of the message, which stands above the link and on its page',
	},
	responseTypeField,
	formFields,
	approvalOptions,
];

export const sendAndWaitOptions: INodeProperties[] = [
	limitWaitTime,
	{
		displayName: 'Message Footer',
		name: 'messageFooter',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sent automatically',
		description: 'Text below the link',
	},
	{
		displayName: 'Message Link Label',
		name: 'messageLinkLabel',
		type: 'string',
		default: 'Respond',
		description: 'Text above the link',
	},
	{
		displayName: 'Response Form Button Label',
		name: 'responseFormButtonLabel',
		type: 'string',
		default: 'Submit',
		description: 'Words on the button that sends the form',
		displayOptions: { show: { '/responseType': ['customForm', 'freeText'] } },
	},
	{
		displayName: 'Response Form Title',
		name: 'responseFormTitle',
		type: 'string',
		default: 'Your response is needed',
		description: 'Heading of the page',
	},
];
