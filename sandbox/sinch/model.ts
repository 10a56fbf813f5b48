export interface SinchGroup {
	/** `<creator's number>-<seconds of its creation>`. */
	id: string;
	subject: string;
	/** Digits, as all numbers here. */
	creator: string;
	/** Unix seconds. */
	creationTime: number;
	participants: string[];
	admins: string[];
	/** `null` until it is asked for, and again once it is revoked. */
	inviteLink: string | null;
	icon: SinchIcon | null;
	/** Something was sent to it, by anybody. */
	isUsed: boolean;
}

export interface SinchIcon {
	mimeType: string;
	fileName: string;
	bytes: number;
	/** At the file host. */
	path: string;
}

/** Something the account sent, to one destination. */
export interface SinchMessage {
	id: string;
	/** A group's id or the digits of a phone number. */
	destination: string;
	recipientType: 'group' | 'individual';
	correlationId?: string;
	campaignAlias?: string;
	flowId?: string;
	/** As it was sent. */
	message: Record<string, unknown>;
	/** Epoch milliseconds. */
	sentAt: number;
}
