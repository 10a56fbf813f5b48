import type { INodeProperties } from 'n8n-workflow';
import type { Feature } from '../../../contract/provider';
import { only } from '../../operation';
import { filePlaceFields } from './filePlaceFields';
import { languageField, templateFields } from '../../templateFields';

const forTemplates = (feature: Feature, field: INodeProperties): INodeProperties =>
	only(feature, {
		...field,
		displayOptions: { show: { messageType: ['template'], ...field.displayOptions?.show } },
	});

const fromList: INodeProperties[] = [
	...templateFields(
		'searchTemplates',
		'The approved template to send, in one of its languages; those that groups do not get are left out of the list',
	),
	{
		displayName: 'Template Parameters',
		name: 'templateParameters',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description: 'What fills the gaps of the template',
		typeOptions: {
			loadOptionsDependsOn: ['provider', 'template.value', 'languageCode'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplateParameters',
				mode: 'add',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				addAllFields: true,
				supportAutoMap: false,
			},
		},
	},
	{
		displayName: 'Header File',
		name: 'headerSource',
		type: 'options',
		default: 'none',
		description: 'The file above the text, where the template has one',
		options: [
			{ name: 'Input Data', value: 'binary', description: 'A file of the input item' },
			{ name: 'None', value: 'none', description: 'The template has no file' },
			{ name: 'URL', value: 'url', description: 'A file that anybody can open at a web address' },
		],
	},
	...filePlaceFields('headerSource', ['template']),
];

const byName: INodeProperties[] = [
	{
		displayName: 'Template Name',
		name: 'templateName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. order_update',
		description: 'Name of the approved template',
	},
	languageField,
	{
		displayName: 'Namespace',
		name: 'templateNamespace',
		type: 'string',
		required: true,
		default: '',
		description: "Namespace of the account's templates, as the provider tells it",
	},
	{
		displayName: 'Body Parameters',
		name: 'bodyParameters',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Monday, 9 am',
		description:
			'What fills the gaps of the template in their order, each on a line of its own, or an expression that gives a list',
	},
];

export const sendTemplateFields: INodeProperties[] = [
	...fromList.map((field) => forTemplates('message.send.templateList', field)),
	...byName.map((field) => forTemplates('message.send.templateByName', field)),
];
