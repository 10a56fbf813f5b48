/** By file name extension: what people send in WhatsApp. */
const byExtension: Readonly<Record<string, string>> = {
	'3gp': 'video/3gpp',
	aac: 'audio/aac',
	amr: 'audio/amr',
	csv: 'text/csv',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	gif: 'image/gif',
	html: 'text/html',
	ics: 'text/calendar',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	json: 'application/json',
	m4a: 'audio/mp4',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	oga: 'audio/ogg',
	ogg: 'audio/ogg',
	opus: 'audio/ogg',
	pdf: 'application/pdf',
	png: 'image/png',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	txt: 'text/plain',
	vcf: 'text/vcard',
	wav: 'audio/wav',
	webm: 'video/webm',
	webp: 'image/webp',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'application/xml',
	zip: 'application/zip',
};

/** Other names for the same type. */
const aliases: Readonly<Record<string, string>> = {
	'audio/mp3': 'audio/mpeg',
	'audio/opus': 'audio/ogg',
	'audio/x-m4a': 'audio/mp4',
	'image/jpg': 'image/jpeg',
};

/** The type without parameters such as `codecs`, by its usual name; nothing where it says nothing. */
export function knownMimeType(text: string | undefined): string | undefined {
	const type = text?.split(';')[0].trim().toLowerCase() ?? '';
	if (!/^[\w.+-]+\/[\w.+-]+$/.test(type) || type === 'application/octet-stream') return undefined;
	return aliases[type] ?? type;
}

/** What the extension of a file name says. */
export function mimeTypeByName(fileName: string): string | undefined {
	return byExtension[extensionOf(fileName)];
}

/** In lower case, without the dot; empty where there is none. */
export function extensionOf(fileName: string): string {
	return /\.(\w{1,8})$/.exec(fileName)?.[1].toLowerCase() ?? '';
}

/** An extension for a type, where the file has no name. */
export function extensionFor(mimeType: string): string {
	return Object.entries(byExtension).find(([, type]) => type === mimeType)?.[0] ?? 'bin';
}
