import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Shorter than this, a secret is no secret, and hiding it would garble every text. */
const shortest = 4;

/** Fields of credentials that are no secrets: hiding them would garble what an error advises. */
const open = ['baseUrl', 'businessAccountId', 'graphVersion'];

/** Hides the secrets of a credential in texts, since providers and proxies sometimes echo them. */
export class Secrets {
	private readonly spellings: string[];

	/** All that stands in a credential, but where and for which account it is used. */
	static of(data: ICredentialDataDecryptedObject = {}): Secrets {
		return new Secrets(
			Object.entries(data).flatMap(([name, value]) =>
				!open.includes(name) && (typeof value === 'string' || typeof value === 'number')
					? [String(value)]
					: [],
			),
		);
	}

	private constructor(secrets: readonly string[]) {
		const long = secrets.map((secret) => secret.trim()).filter(({ length }) => length >= shortest);
		const spelled = long.flatMap((secret) => [
			secret,
			encodeURIComponent(secret),
			JSON.stringify(secret).slice(1, -1),
			Buffer.from(secret).toString('base64').replace(/=+$/, ''),
		]);
		// A longer spelling first: what is left of it would otherwise still show.
		this.spellings = [...new Set(spelled)].sort((a, b) => b.length - a.length);
	}

	hide(text: string): string {
		return this.spellings.reduce((hidden, secret) => hidden.split(secret).join('***'), text);
	}
}
