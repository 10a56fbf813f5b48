import { createHash } from 'node:crypto';
import type {
	FileContent,
	MessageContent,
	StoredFile,
	TemplateContent,
} from '../../contract/messages';
import type { Answer, SendMessage } from '../../contract/operations';
import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import { asText } from '../../transport/json';
import { multipart } from '../../transport/multipart';
import type { FilePart } from '../../transport/multipart';
import { readAnswer } from './answer';
import { product } from './product';
import { toSentMessage } from './readers';
import type { Surface } from './surface';

/** `recipient_type: group` tells a group from a person (providers.md §2.3). */
export async function sendMessage(
	at: Surface,
	api: Api,
	{ group, content, replyTo }: SendMessage,
): Promise<Answer<SentMessage>> {
	const response = await api.request({
		method: 'POST',
		path: `${at.number(api)}/messages`,
		body: {
			...product,
			recipient_type: 'group',
			to: group,
			...(await bodyOf(at, api, content)),
			...(replyTo === undefined ? {} : { context: { message_id: replyTo } }),
		},
	});
	const sent = toSentMessage(readAnswer(api, response));
	if (!sent) throw api.unreadable(response);
	return sent;
}

async function bodyOf(at: Surface, api: Api, content: MessageContent) {
	switch (content.type) {
		case 'text': {
			const { text, linkPreview } = content;
			const preview = linkPreview === undefined ? {} : { preview_url: linkPreview };
			return { type: 'text', text: { body: text, ...preview } };
		}
		case 'template':
			return { type: 'template', template: await templateOf(at, api, content) };
		case 'audio':
		case 'document':
		case 'image':
		case 'sticker':
		case 'video':
			return { type: content.type, [content.type]: await fileOf(at, api, content) };
		default:
			// Refused before, since no service of the Cloud API has the type in its record.
			throw new Error(`${at.name} does not send ${content.type}`);
	}
}

/** A component for each part with something to fill in (providers.md §2.3). */
async function templateOf(
	at: Surface,
	api: Api,
	{ name, language, header, parameters }: TemplateContent,
) {
	const textsOf = (wanted: string) =>
		parameters
			.filter(({ component }) => component === wanted)
			.map(({ name: parameterName, text }) => ({
				type: 'text',
				...(parameterName === undefined ? {} : { parameter_name: parameterName }),
				text,
			}));
	const media = header
		? [{ type: header.type, [header.type]: await fileOf(at, api, header) }]
		: textsOf('header');
	const buttons = parameters
		.filter(({ component }) => component === 'button')
		.map(({ index, text }) => ({
			type: 'button',
			sub_type: 'url',
			index: String(index),
			parameters: [{ type: 'text', text }],
		}));
	const components = [
		{ type: 'header', parameters: media },
		{ type: 'body', parameters: textsOf('body') },
		...buttons,
	].filter((component) => component.parameters.length > 0);
	return { name, language: { code: language }, components };
}

async function fileOf(
	at: Surface,
	api: Api,
	{ type, file, caption }: Omit<FileContent, 'type'> & { type: string },
) {
	return {
		...(file.kind === 'linked' ? { link: file.url } : { id: await uploaded(at, api, file) }),
		...(caption === undefined ? {} : { caption }),
		...(type === 'document' ? { filename: file.fileName } : {}),
	};
}

/**
 * Once per run for the same file, also where each item has a copy of its own; a medium can be sent to any
 * number of groups (§2.4, §4.3.12).
 */
async function uploaded(at: Surface, api: Api, file: StoredFile): Promise<string> {
	const { fileName, key, mimeType, read } = file;
	const name = `media ${mimeType} ${fileName}`;
	return await api.oncePerRun(`${name} ${key}`, async () => {
		const data = await read();
		const hash = createHash('sha256').update(data).digest('base64url');
		return await api.oncePerRun(`${name} ${hash}`, upload(at, api, { data, fileName, mimeType }));
	});
}

function upload(at: Surface, api: Api, file: FilePart): () => Promise<string> {
	return async () => {
		const response = await api.request({
			method: 'POST',
			path: `${at.number(api)}/media`,
			...multipart({ ...product, type: file.mimeType, file }),
			isHarmless: true,
		});
		const id = asText(readAnswer(api, response).id);
		if (id === null) throw api.unreadable(response);
		return id;
	};
}
