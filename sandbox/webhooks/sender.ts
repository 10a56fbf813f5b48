import type { Delivery } from './deliverer';

/** Where a provider delivers to, and what it puts around a body: its headers, proofs and patience. */
export interface WebhookSender {
	readonly id: string;
	/**
	 * Deliveries of a body to everybody who would get it, without ids. `sign` says whether the proof of
	 * the sender is right, that of somebody else, or left out.
	 */
	address(body: Buffer, event: string, options?: AddressOptions): Array<Omit<Delivery, 'id'>>;
}

export interface AddressOptions {
	sign?: 'valid' | 'forged' | 'missing';
	/** WAHA: which server and session; the first ones without it. */
	engine?: string;
	session?: string;
	/** To this address only. */
	url?: string;
}

export function jsonBody(value: unknown): Buffer {
	return Buffer.from(JSON.stringify(value));
}
