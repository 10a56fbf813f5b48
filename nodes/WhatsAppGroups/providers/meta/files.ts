import type { Api } from '../../transport/api';

/** Where Meta keeps the files of messages (providers.md §4.3.12), which it gives for the token only. */
const home = 'https://lookaside.fbsbx.com';

/** Beside the host of the API itself, where something that stands in for Meta has them. */
export function fileOrigins(baseUrl: string): readonly string[] {
	return [home, new URL(baseUrl).origin];
}

/** Nothing is fetched from elsewhere: Meta names no other place, and the token is for Meta alone. */
export function fileAddress(api: Api, url: string): string {
	if (URL.canParse(url) && fileOrigins(api.baseUrl).includes(new URL(url).origin)) return url;
	throw api.failure(
		'The address of the file is none of Meta',
		`Meta's files are at ${home}. Enter the ID of the file, as message.media.id of the trigger has it.`,
	);
}
