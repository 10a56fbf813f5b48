import type { InviteLink } from '../model';

const prefix = 'https://chat.whatsapp.com/';

/** From a whole link or a bare code, with or without quotes around it. */
export function toInviteLink(linkOrCode: string): InviteLink {
	const code =
		linkOrCode
			.trim()
			.replace(/^"|"$/g, '')
			.replace(/[?#].*$/, '')
			.split('/')
			.filter(Boolean)
			.pop() ?? '';
	return { link: `${prefix}${code}`, code };
}
