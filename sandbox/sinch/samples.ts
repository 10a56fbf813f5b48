import { mosaicJpeg } from '../shared/mosaicJpeg';

/** The account's own WhatsApp number. */
export const ACCOUNT_PHONE = '5519900000000';

export const credentials = {
	userName: 'user@example.com',
	authenticationToken: 'sandbox-sinch-token',
} as const;

/** The groups the account is in at first; it is always a participant and, as creator, an admin. */
export const sampleGroups = [
	{
		id: `${ACCOUNT_PHONE}-1513616971`,
		subject: 'Book club',
		others: ['5519911112222', '5519933334444', '5519955556666'],
		otherAdmins: ['5519911112222'],
		hasIcon: true,
	},
	{
		id: `${ACCOUNT_PHONE}-1553784379`,
		subject: 'Customers São Paulo',
		others: ['5511977778888'],
		otherAdmins: [],
		hasIcon: false,
	},
	{
		id: `${ACCOUNT_PHONE}-1612137600`,
		subject: 'Support team',
		others: [],
		otherAdmins: [],
		hasIcon: false,
	},
] as const;

/** A green square with a lighter one in it, 320×320 pixels. */
export const sampleIcon = {
	bytes: mosaicJpeg(320, 320, (column, row) => {
		const isInner = Math.max(Math.abs(column - 19.5), Math.abs(row - 19.5)) < 10;
		return isInner ? [220, 248, 198] : [18, 140 - row, 126 - column];
	}),
	mimeType: 'image/jpeg',
};
