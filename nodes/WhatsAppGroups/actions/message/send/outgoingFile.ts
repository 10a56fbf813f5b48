import { createHash } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';
import type { FileLimits, FileType, OutgoingFile } from '../../../contract/messages';
import { InvalidInput } from '../../../values/invalidInput';
import { extensionFor, extensionOf, knownMimeType, mimeTypeByName } from '../../../values/mimeType';
import type { Values } from '../../../values/values';
import type { Item } from '../../item';

const megabyte = 1024 * 1024;

/** The file to send, checked against what the provider takes; nothing of it is read yet but its size. */
export async function readFile(
	item: Item,
	type: FileType,
	limits: FileLimits,
	source = item.values.choice('fileSource', ['binary', 'url']),
): Promise<OutgoingFile> {
	const isLink = source === 'url';
	const more = item.values.collection('additionalFields');
	return isLink ? readLink(item, type, limits, more) : await readStored(item, type, limits, more);
}

async function readStored(
	item: Item,
	type: FileType,
	limits: FileLimits,
	more: Values,
): Promise<OutgoingFile> {
	const { context, index, provider, values } = item;
	const name = values.id('binaryPropertyName', 'Enter the name of the field that holds the file.');
	const info = context.helpers.assertBinaryData(index, name);
	const given = more.optionalId('fileName') ?? info.fileName ?? '';
	const mimeType =
		mimeTypeIn(more) ?? knownMimeType(info.mimeType) ?? mimeTypeByName(given) ?? anyType;
	check(item, type, limits, "The file in 'Input Data Field Name'", mimeType);
	const size = await sizeOf(item, info);
	if (size > limits.size) {
		throw new InvalidInput(
			"The file in 'Input Data Field Name' is too large",
			`${provider.name} takes at most ${shownSize(limits.size)} as ${words[type]}; this one has ${shownSize(size)}.`,
		);
	}
	if (size === 0) {
		throw new InvalidInput(
			"The file in 'Input Data Field Name' is empty",
			'Check the node that makes it.',
		);
	}
	return {
		kind: 'stored',
		fileName: named(given, type, mimeType),
		mimeType,
		size,
		key: info.id ?? createHash('sha256').update(info.data).digest('base64url'),
		read: async () => await context.helpers.getBinaryDataBuffer(index, name),
	};
}

function readLink(item: Item, type: FileType, limits: FileLimits, more: Values): OutgoingFile {
	const url = item.values.id('fileUrl', 'Enter the web address of the file.');
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw new InvalidInput(
			"'URL' is not a web address",
			'Enter one that starts with https:// and that anybody can open without signing in.',
		);
	}
	const inPath = decoded(new URL(url).pathname.split('/').pop() ?? '');
	const given = more.optionalId('fileName') ?? inPath;
	const mimeType = mimeTypeIn(more) ?? mimeTypeByName(given) ?? mimeTypeByName(inPath);
	if (mimeType === undefined) {
		throw new InvalidInput(
			"'URL' does not show what kind of file it is",
			"Add 'File Name' with an ending such as .pdf, or 'MIME Type', under Additional Fields.",
		);
	}
	check(item, type, limits, "The file at 'URL'", mimeType);
	return { kind: 'linked', url, fileName: named(given, type, mimeType), mimeType };
}

const anyType = 'application/octet-stream';

/** How errors call each type. */
const words: Readonly<Record<FileType, string>> = {
	image: 'an image',
	video: 'a video',
	audio: 'audio',
	voice: 'a voice note',
	document: 'a document',
	sticker: 'a sticker',
};

function check(
	{ provider }: Item,
	type: FileType,
	{ mimeTypes }: FileLimits,
	subject: string,
	mimeType: string,
): void {
	if (mimeTypes === undefined || mimeTypes.includes(mimeType)) return;
	throw new InvalidInput(
		`${subject} is not of a type that can be sent as ${words[type]}`,
		`${provider.name} takes ${mimeTypes.join(', ')}; this one is ${mimeType}. ${wayOut(type)}`,
	);
}

function mimeTypeIn(more: Values): string | undefined {
	const text = more.optionalId('mimeType');
	if (text === undefined) return undefined;
	const type = knownMimeType(text);
	if (type !== undefined) return type;
	throw new InvalidInput("'MIME Type' is not one", 'Write it as in application/pdf.');
}

/** Exactly, where n8n tells; else from its base64. */
async function sizeOf({ context }: Item, { bytes, data, id }: IBinaryData): Promise<number> {
	if (typeof bytes === 'number') return bytes;
	if (id !== undefined) return (await context.helpers.getBinaryMetadata(id)).fileSize;
	return Buffer.byteLength(data, 'base64');
}

/** WhatsApp shows the name of a document, and opens it by its extension. */
function named(given: string, type: FileType, mimeType: string): string {
	const name = given === '' ? type : given;
	return extensionOf(name) === '' ? `${name}.${extensionFor(mimeType)}` : name;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function shownSize(bytes: number): string {
	const count = `${bytes.toLocaleString('en')} bytes`;
	return bytes < megabyte ? count : `${Math.round((bytes / megabyte) * 10) / 10} MB (${count})`;
}

function wayOut(type: FileType): string {
	return type === 'document'
		? "Convert it, or set 'MIME Type' under Additional Fields: text/plain suits a table or a log."
		: "Choose another 'Message Type', such as Document, or set 'MIME Type' under Additional Fields if that is wrong.";
}
