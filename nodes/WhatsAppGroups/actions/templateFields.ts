import type { INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../values/invalidInput';
import type { Values } from '../values/values';

/** The field for a template from a list, and the one for its language where it is named instead. */
export function templateFields(searchListMethod: string, description: string): INodeProperties[] {
	return [
		{
			displayName: 'Template',
			name: 'template',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description,
			typeOptions: { loadOptionsDependsOn: ['provider'] },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Select a template…',
					typeOptions: { searchListMethod, searchable: true },
				},
				{
					displayName: 'By Name',
					name: 'name',
					type: 'string',
					placeholder: 'e.g. order_update',
				},
			],
		},
		{ ...languageField, displayOptions: { show: { 'template.mode': ['name'] } } },
	];
}

export const languageField: INodeProperties = {
	displayName: 'Language Code',
	name: 'languageCode',
	type: 'string',
	required: true,
	default: 'en_US',
	placeholder: 'e.g. pt_BR',
	description: 'Language of the template as WhatsApp writes it, e.g. en_US or pt_BR',
};

/** A template in one language, as the list's values have it. */
export function templateValue({ name, language }: { name: string; language: string }): string {
	return `${name}|${language}`;
}

/** What was chosen from the list, or named. */
export function readTemplateName(values: Values): { name: string; language: string } {
	const given = values.id('template', 'Choose a template from the list, or enter its name.');
	const [name, chosen] = given.split('|');
	const language =
		chosen ?? values.id('languageCode', "Enter the template's language, e.g. en_US.");
	if (/^[a-z0-9_]{1,512}$/.test(name) && /^\w{2,}$/.test(language)) return { name, language };
	throw new InvalidInput(
		"'Template' is not the name of a template",
		'Names have lower-case letters, digits and underscores only, and languages look like en_US. Choose the template from the list.',
	);
}
