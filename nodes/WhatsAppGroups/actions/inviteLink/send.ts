import type { INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../../values/invalidInput';
import type { Values } from '../../values/values';
import { only } from '../operation';
import { defineForParticipants } from '../perEntry';
import { readTemplateName, templateFields } from '../templateFields';

const place = '{link}';

const textField: INodeProperties = {
	displayName: 'Text',
	name: 'inviteText',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: `You are invited to join our group: ${place}`,
	description: `The message to each person, with <code>${place}</code> where the link belongs. Through Sinch, somebody who has not written for 24 hours gets templates only, and not this.`,
};

export const send = defineForParticipants({
	key: 'inviteLink.send',
	name: 'Send',
	action: 'Send invite link to people',
	description: "Send the group's link to people, one item per person with what became of it",
	ifUnknown: 'They may have got the link all the same: ask them before running this again.',
	fields: [
		...templateFields(
			'searchInviteTemplates',
			'The approved template with which people are invited, as Template: Create Invite Template makes it',
		).map((field) => only('inviteLink.send.template', field)),
		only('inviteLink.send.text', textField),
	],
	input: ({ provider, values }) =>
		provider.features.includes('inviteLink.send.template')
			? { template: readTemplateName(values) }
			: { text: readText(values) },
});

function readText(values: Values): string {
	const text = values.text('inviteText');
	if (text.includes(place)) return text;
	throw new InvalidInput(
		"'Text' has no place for the link",
		`Write ${place} where the link belongs.`,
	);
}
