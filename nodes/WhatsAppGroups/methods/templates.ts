import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperFields,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { templateValue } from '../actions/templateFields';
import type { MessageTemplate } from '../contract/templates';
import { asText } from '../transport/json';
import { chosenProvider, openApi } from './context';
import { fits } from './groupList';

/** The list of the Template field: those that may be sent to a group, in each of their languages. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await search(this, filter, ({ refusal }) => refusal === null, {
		message: 'There is no template that may be sent to a group',
		description:
			'Groups get approved templates of text and files: none for authentication, and none with buttons other than links and numbers. Make one in WhatsApp Manager, and wait until it is approved.',
	});
}

/** The same for those with which people are invited to a group. */
export async function searchInviteTemplates(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await search(this, filter, ({ invite }) => invite?.isApproved === true, {
		message: 'There is no approved template that invites people to a group',
		description:
			"Make one with Template: Create Invite Template, and wait until it is approved. One that is not listed can be named with 'By Name'.",
	});
}

async function search(
	context: ILoadOptionsFunctions,
	filter: string,
	isWanted: (template: MessageTemplate) => boolean,
	{ message, description }: { message: string; description: string },
): Promise<INodeListSearchResult> {
	const offered = (await templatesOf(context)).filter(isWanted);
	if (offered.length === 0) {
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	const wanted = filter.trim().toLowerCase();
	const results = offered
		.map(({ name, language }) => ({
			name: `${name} (${language})`,
			value: templateValue({ name, language }),
		}))
		.filter((entry) => fits(entry, wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}

/** A field for each gap of the template that is chosen. */
export async function getTemplateParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const given = asText(this.getCurrentNodeParameter('template', { extractValue: true })) ?? '';
	const [name, chosen] = given.trim().split('|');
	if (name === '') return { fields: [], emptyFieldsNotice: 'Choose the template first.' };
	const language = chosen ?? asText(this.getCurrentNodeParameter('languageCode'))?.trim();
	const template = (await templatesOf(this)).find(
		(other) => other.name === name && other.language === language,
	);
	if (!template) {
		const emptyFieldsNotice = 'There is no such template in this language.';
		return { fields: [], emptyFieldsNotice };
	}
	return {
		emptyFieldsNotice: 'The template has no gaps to fill.',
		fields: template.parameters.map(({ id, label }) => ({
			id,
			displayName: label,
			type: 'string',
			required: true,
			display: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
		})),
	};
}

async function templatesOf(context: ILoadOptionsFunctions): Promise<MessageTemplate[]> {
	const provider = chosenProvider(context);
	return (await provider.templates?.(await openApi(context, provider))) ?? [];
}
