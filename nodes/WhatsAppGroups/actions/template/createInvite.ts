import { defineOperation } from '../operation';

export const createInvite = defineOperation({
	key: 'template.createInvite',
	name: 'Create Invite Template',
	action: 'Create group invite template',
	description:
		'Submit a message template, from the library of WhatsApp, with which people are invited to a group',
	simplify: true,
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
		{
			displayName: 'Language Code',
			name: 'languageCode',
			type: 'string',
			required: true,
			default: 'en_US',
			placeholder: 'e.g. pt_BR',
			description: 'Language of the template as WhatsApp writes it, e.g. en_US or pt_BR',
		},
	],
	async run(item, createTemplate) {
		const name = item.text('templateName', 'Template Name', 512);
		if (!/^[a-z0-9_]+$/.test(name)) {
			throw item.inputError(
				"'Template Name' contains characters that WhatsApp does not take",
				'Use lower-case letters, digits and underscores only, e.g. group_invite.',
			);
		}
		const language = item.text('languageCode', 'Language Code');
		return [item.render(await createTemplate(item.api, { name, language }))];
	},
});
