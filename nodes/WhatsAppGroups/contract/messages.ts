import type { HeaderType, TemplateParameter } from './templates';

/** A file on its way to a group, from the workflow or from the web. */
export type OutgoingFile = StoredFile | LinkedFile;

interface AnyFile {
	/** With extension. */
	fileName: string;
	mimeType: string;
}

export interface StoredFile extends AnyFile {
	kind: 'stored';
	/** Bytes. */
	size: number;
	/** Where n8n keeps it, or a hash: the same key is the same file. */
	key: string;
	/** Reads the bytes anew each time: whoever sends them holds them no longer than that takes. */
	read: () => Promise<Buffer>;
}

export interface LinkedFile extends AnyFile {
	kind: 'linked';
	/** http or https; WhatsApp or the provider fetches it. */
	url: string;
}

/** A file type as WhatsApp shows it: a voice note plays in the chat, a document is a file with a name. */
export const fileTypes = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;
export type FileType = (typeof fileTypes)[number];

export interface TextContent {
	type: 'text';
	text: string;
	linkPreview?: boolean;
	/** Upload a large picture for the preview. */
	linkPreviewHighQuality?: boolean;
	/** Participants to mention, each as the provider writes it, or `all`. */
	mentions?: string[];
}

export interface FileContent {
	type: FileType;
	file: OutgoingFile;
	caption?: string;
}

export interface LocationContent {
	type: 'location';
	/** Degrees, south and west negative. */
	latitude: number;
	longitude: number;
	name?: string;
	address?: string;
}

export interface ContactContent {
	type: 'contact';
	name: string;
	/** Digits with country code. */
	phone: string;
	organization?: string;
}

export interface PollContent {
	type: 'poll';
	question: string;
	/** At least two, none twice. */
	options: string[];
	multipleAnswers: boolean;
}

export interface TemplateContent {
	type: 'template';
	name: string;
	language: string;
	/** There where the provider needs it. */
	namespace?: string;
	header?: { type: HeaderType; file: OutgoingFile };
	/** Each gap with what fills it, in the order of the template. */
	parameters: Array<Omit<TemplateParameter, 'id' | 'label'> & { text: string }>;
}

export type MessageContent =
	TextContent | FileContent | LocationContent | ContactContent | PollContent | TemplateContent;

export type MessageType = MessageContent['type'];

/** What a provider takes as a message of one type. */
export interface MessageSupport {
	/** In the order of the calls. */
	endpoints: readonly string[];
	/** There for files. */
	file?: FileLimits;
	/** What to know about this type at this provider, for the documents. */
	note?: string;
	/** There where nobody has yet shown that it works: what to know, for the editor and the docs. */
	unproven?: string;
	/** Limits of the file above a template, by its kind. */
	headers?: Readonly<Record<HeaderType, FileLimits>>;
}

export interface FileLimits {
	/** Bytes. */
	size: number;
	/** Left out where any will do. */
	mimeTypes?: readonly string[];
	/** Whether a text may stand below it. */
	caption: boolean;
}
