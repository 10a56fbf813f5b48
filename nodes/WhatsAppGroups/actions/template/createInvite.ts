import { InvalidInput } from '../../values/invalidInput';
import { defineOperation } from '../operation';
import { languageField } from '../templateFields';

export const createInvite = defineOperation({
	key: 'template.createInvite',
	name: 'Create Invite Template',
	action: 'Create group invite template',
	description:
		'Submit a message template, from the library of WhatsApp, with which people are invited to a group',
	simplify: true,
	ifUnknown: 'The template may be submitted all the same: look in WhatsApp Manager.',
	fields: [
		{
			displayName: 'Template Name',
			name: 'templateName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. group_invite',
			description:
				'Name under which the template is used later: lower-case letters, digits and underscores',
		},
		languageField,
	],
	async run(item, createTemplate) {
		const name = item.values.id('templateName', 'Enter a name, e.g. group_invite.');
		if (!/^[a-z0-9_]{1,512}$/.test(name)) {
			throw new InvalidInput(
				"'Template Name' is not a name that WhatsApp takes",
				'Use lower-case letters, digits and underscores only, at most 512, e.g. group_invite.',
			);
		}
		const language = item.values.id('languageCode', 'Enter a language, e.g. en_US.');
		return [item.render(await createTemplate(item.api, { name, language }))];
	},
});
