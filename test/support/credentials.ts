import { Container } from '@n8n/di';
import { Cipher, Credentials, EncryptionKeyProxy } from 'n8n-core';
import { ICredentialsHelper, UnexpectedError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentials,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { WhatsAppGroups360DialogApi } from '../../credentials/WhatsAppGroups360DialogApi.credentials';
import { WhatsAppGroupsMetaApi } from '../../credentials/WhatsAppGroupsMetaApi.credentials';
import { WhatsAppGroupsSinchApi } from '../../credentials/WhatsAppGroupsSinchApi.credentials';
import { WhatsAppGroupsWahaApi } from '../../credentials/WhatsAppGroupsWahaApi.credentials';

export type AuthenticateFunction = Extract<ICredentialType['authenticate'], CallableFunction>;

export const credentialTypes: Record<string, ICredentialType> = Object.fromEntries(
	[
		new WhatsAppGroups360DialogApi(),
		new WhatsAppGroupsMetaApi(),
		new WhatsAppGroupsSinchApi(),
		new WhatsAppGroupsWahaApi(),
	].map((type) => [type.name, type]),
);

// In the server this key comes from its database.
const key = {
	id: 'c0ffee00-0000-4000-8000-000000000001',
	value: Container.get(Cipher).encryptDEKWithInstanceKey('0'.repeat(64)),
	algorithm: 'aes-256-gcm',
	format: 'prefixed',
} as const;
Container.get(EncryptionKeyProxy).setProvider({
	getActiveKey: async () => key,
	getKeyById: async () => key,
	getLegacyKey: async () => key,
});

/**
 * Credentials encrypted by n8n-core, kept in memory where n8n keeps them in its database. The part
 * of n8n that reads them lives in its server package; e2e tests run that one.
 */
export class StoredCredentials extends ICredentialsHelper {
	/** How often a credential was decrypted. */
	decryptions = 0;

	private readonly stored = new Map<string, Credentials>();

	async store(byType: Record<string, IDataObject>): Promise<INodeCredentials> {
		const details: INodeCredentials = {};
		for (const [type, data] of Object.entries(byType)) {
			const id = `credential-${type}`;
			details[type] = { id, name: type };
			const credential = new Credentials({ id, name: type }, type);
			await credential.setData(data as ICredentialDataDecryptedObject);
			this.stored.set(id, credential);
		}
		return details;
	}

	async getCredentials({ id }: INodeCredentialsDetails, type: string): Promise<Credentials> {
		const credential = this.stored.get(id ?? '');
		if (!credential) throw new UnexpectedError(`No credential of type ${type} is stored`);
		return credential;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		this.decryptions += 1;
		return await (await this.getCredentials(details, type)).getData();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const authenticate = credentialTypes[typeName].authenticate as AuthenticateFunction;
		return await authenticate(credentials, requestOptions);
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(type: string): INodeProperties[] {
		return credentialTypes[type].properties;
	}
}
