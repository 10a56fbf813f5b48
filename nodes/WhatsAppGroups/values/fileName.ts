/** Endings that do not follow from the type itself, of what people send. */
const endings: Readonly<Record<string, string>> = {
	'audio/mpeg': 'mp3',
	'image/jpeg': 'jpg',
	'text/plain': 'txt',
	'video/3gpp': '3gp',
	'video/quicktime': 'mov',
};

/** The name of a file: the one that it has, without folders, or one made from its type. */
export function fileNameFor(given: string | null, mimeType: string | null): string {
	const own = given?.split(/[/\\]/).pop()?.trim();
	if (own) return own;
	const type = (mimeType ?? '').split(';')[0].trim().toLowerCase();
	const [kind, subtype = ''] = type.split('/');
	const name = ['image', 'video', 'audio'].includes(kind) ? kind : 'file';
	const ending = endings[type] ?? (/^[a-z0-9]{2,4}$/.test(subtype) ? subtype : undefined);
	return ending === undefined ? name : `${name}.${ending}`;
}
