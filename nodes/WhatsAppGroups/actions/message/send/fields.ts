import type { INodeProperties } from 'n8n-workflow';
import { fileTypes } from '../../../contract/messages';
import type { MessageType } from '../../../contract/messages';
import { only } from '../../operation';
import { filePlaceFields } from './filePlaceFields';
import { sendTemplateFields } from './templateFields';

/** How the editor names each, in the order in which it lists them. */
export const messageLabels: Readonly<Record<MessageType, string>> = {
	audio: 'Audio',
	contact: 'Contact',
	document: 'Document',
	image: 'Image',
	location: 'Location',
	poll: 'Poll',
	sticker: 'Sticker',
	template: 'Template',
	text: 'Text',
	video: 'Video',
	voice: 'Voice Note',
};

const descriptions: Readonly<Record<MessageType, string>> = {
	audio: 'A recording or a piece of music',
	contact: 'Name and number of somebody, as a card that can be saved',
	document: 'A file of any type, with its name',
	image: 'A picture that is shown in the chat',
	location: 'A place on the map',
	poll: 'A question with answers to choose from',
	sticker: 'A small WebP picture without a frame',
	template: 'A message that WhatsApp has approved, which may be sent at any time',
	text: 'Words, with links and mentions',
	video: 'A film that plays in the chat',
	voice: 'A recording that plays in the chat as if it were spoken there',
};

export const messageTypes = Object.keys(messageLabels) as MessageType[];

const of = (...types: MessageType[]) => ({ show: { messageType: types } });

/** Which of these are offered is up to the provider; see `placed`. */
const messageTypeField: INodeProperties = {
	displayName: 'Message Type',
	name: 'messageType',
	type: 'options',
	noDataExpression: true,
	default: 'text',
	description: 'What to send',
	options: messageTypes.map((value) => ({
		name: messageLabels[value],
		value,
		description: descriptions[value],
	})),
};

const fileFields: INodeProperties[] = [
	{
		displayName: 'File Source',
		name: 'fileSource',
		type: 'options',
		default: 'binary',
		description: 'Where the file is',
		displayOptions: of(...fileTypes),
		options: [
			{ name: 'Input Data', value: 'binary', description: 'A file of the input item' },
			{ name: 'URL', value: 'url', description: 'A file that anybody can open at a web address' },
		],
	},
	...filePlaceFields('fileSource', [...fileTypes]),
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'Text below the file',
		displayOptions: of('document', 'image', 'video'),
	},
];

const locationFields: INodeProperties[] = [
	{
		displayName: 'Latitude',
		name: 'latitude',
		type: 'number',
		typeOptions: { numberPrecision: 6, minValue: -90, maxValue: 90 },
		required: true,
		default: 0,
		description: 'In degrees, negative in the south',
		displayOptions: of('location'),
	},
	{
		displayName: 'Longitude',
		name: 'longitude',
		type: 'number',
		typeOptions: { numberPrecision: 6, minValue: -180, maxValue: 180 },
		required: true,
		default: 0,
		description: 'In degrees, negative in the west',
		displayOptions: of('location'),
	},
];

const contactFields: INodeProperties[] = [
	{
		displayName: 'Contact Name',
		name: 'contactName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Nathan Smith',
		description: 'Name on the card',
		displayOptions: of('contact'),
	},
	{
		displayName: 'Contact Phone',
		name: 'contactPhone',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +44 7700 900123',
		description: 'Phone number on the card, with country code',
		displayOptions: of('contact'),
	},
];

const pollFields: INodeProperties[] = [
	{
		displayName: 'Question',
		name: 'pollQuestion',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. When shall we meet?',
		description: 'What is asked',
		displayOptions: of('poll'),
	},
	{
		displayName: 'Options',
		name: 'pollOptions',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Monday',
		description:
			'The answers to choose from, each on a line of its own, or an expression that gives a list',
		displayOptions: of('poll'),
	},
	{
		displayName: 'Allow Multiple Answers',
		name: 'pollMultipleAnswers',
		type: 'boolean',
		default: false,
		description: 'Whether people may choose more than one answer',
		displayOptions: of('poll'),
	},
];

/** An entry of Additional Fields for some types only. */
const within = (types: readonly MessageType[], entry: INodeProperties): INodeProperties => ({
	...entry,
	displayOptions: { show: { '/messageType': [...types] } },
});

/** For whatever a file belongs to: a template has one in its header. */
const withFile = (entry: INodeProperties): INodeProperties[] => [
	within(fileTypes, entry),
	only('message.send.templateList', within(['template'], entry)),
];

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		within(['location'], {
			displayName: 'Address',
			name: 'locationAddress',
			type: 'string',
			default: '',
			description: 'Address of the place, shown below its name',
		}),
		only('message.send.correlationId', {
			displayName: 'Correlation ID',
			name: 'correlationId',
			type: 'string',
			default: '',
			description: 'Text of your own that comes back in the statuses of the message',
		}),
		...withFile({
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Report.pdf',
			description: 'Name under which the file is sent, instead of its own',
		}),
		only(
			'message.send.linkPreviewHighQuality',
			within(['text'], {
				displayName: 'High-Quality Link Preview',
				name: 'linkPreviewHighQuality',
				type: 'boolean',
				default: true,
				description:
					'Whether to show the preview with a large picture, which is uploaded first; the engine WEBJS shows the plain one',
			}),
		),
		only(
			'message.send.linkPreview',
			within(['text'], {
				displayName: 'Link Preview',
				name: 'linkPreview',
				type: 'boolean',
				default: true,
				description: 'Whether to show a preview of the first link in the text',
			}),
		),
		only(
			'message.send.mentions',
			within(['text'], {
				displayName: 'Mentions',
				name: 'mentions',
				type: 'string',
				default: '',
				placeholder: 'e.g. +44 7700 900123, all',
				description:
					'Participants to mention: phone numbers with country code, separated by commas, or <code>all</code> for everybody. Where the text does not have somebody as @ and the number, that is added at its end.',
			}),
		),
		...withFile({
			displayName: 'MIME Type',
			name: 'mimeType',
			type: 'string',
			default: '',
			placeholder: 'e.g. application/pdf',
			description: 'Type of the file, instead of what it says itself',
		}),
		within(['location'], {
			displayName: 'Name',
			name: 'locationName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Town Hall',
			description: 'Name of the place',
		}),
		within(['contact'], {
			displayName: 'Organization',
			name: 'contactOrganization',
			type: 'string',
			default: '',
			description: 'Company or organization on the card',
		}),
		only('message.send.replyTo', {
			displayName: 'Reply to Message ID',
			name: 'replyTo',
			type: 'string',
			default: '',
			description: 'ID of the message in the group that this one answers',
		}),
	],
};

export const sendFields: INodeProperties[] = [
	messageTypeField,
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		required: true,
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Welcome to the group!',
		description: 'Text of the message, sent as it is written, with its spaces and line breaks',
		displayOptions: of('text'),
	},
	...fileFields,
	...locationFields,
	...contactFields,
	...pollFields,
	...sendTemplateFields,
	additionalFields,
];
