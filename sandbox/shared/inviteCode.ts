import { randomBytes } from 'node:crypto';

/** A fresh `https://chat.whatsapp.com/…` link: 22 letters and digits after the host. */
export function newInviteLink(): string {
	const code = randomBytes(32)
		.toString('base64')
		.replace(/[^A-Za-z0-9]/g, '');
	return `https://chat.whatsapp.com/${code.padEnd(22, 'A').slice(0, 22)}`;
}
