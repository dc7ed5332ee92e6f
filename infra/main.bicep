// Everything that the bot for one council needs in Azure, in one resource group.
// docs/deploy.md says how to use it, and what of it was tried.

@description('From which every resource has its name: 3 to 11 small letters and digits.')
@minLength(3)
@maxLength(11)
param name string

@description('Where everything runs. UK South keeps the records in the United Kingdom.')
param location string = resourceGroup().location

@description('The name that people see in Teams while they look for the bot.')
@maxLength(42)
param botName string = 'Community Champions'

@description('How many replicas run side by side. Two let one be restarted unnoticed.')
@minValue(2)
@maxValue(10)
param replicas int = 2

@description('The size of each replica. Every size from B1 on can always be on.')
param planSize string = 'P0v3'

@description('The Node that App Service brings. The tests run on Node 24.')
param nodeVersion string = 'NODE|24-lts'

@description('Whether networks that are not let in reach the tables. With Deny the bot needs a network of your own.')
@allowed(['Allow', 'Deny'])
param tablesNetwork string = 'Allow'

// Azure does not apply them to callers in its own region, such as this App Service.
@description('Addresses or ranges outside Azure that reach the tables where tablesNetwork is Deny.')
param allowedAddresses array = []

@description('Entra object ids, with commas between, of those who give the first roles.')
param firstAdministrators string

@description('Who gets an e-mail when something is wrong.')
param alertEmail string

@description('For how many days the log is kept. It holds no names and nothing that people typed.')
@minValue(30)
@maxValue(730)
param logDays int = 90

var unique = uniqueString(resourceGroup().id, name)
var storageName = take(toLower('${name}${unique}'), 24)
var siteName = '${name}-${unique}'
// Storage Table Data Contributor: rows and tables of one account, no keys, no settings.
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      defaultAction: tablesNetwork
      bypass: 'None'
      ipRules: [for address in allowedAddresses: {
        value: address
        action: 'Allow'
      }]
    }
  }
}

// The bot puts nothing here, and nothing puts a backup here: docs/deploy.md, "Back up every night".
// What somebody keeps here can be got back for 30 days. Azure has no such thing for tables.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 30
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 30
    }
  }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

// Nobody deletes the records by deleting the wrong thing: the lock has to be taken off first.
resource keep 'Microsoft.Authorization/locks@2020-05-01' = {
  name: '${name}-keep'
  scope: storage
  properties: {
    level: 'CanNotDelete'
    notes: 'The records of the committee.'
  }
}

resource mayUseTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, tableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${name}-plan'
  location: location
  kind: 'linux'
  sku: {
    name: planSize
    capacity: replicas
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: siteName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    siteConfig: {
      linuxFxVersion: nodeVersion
      appCommandLine: 'node --max-semi-space-size=4 build/bot/serve.mjs'
      alwaysOn: true
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      healthCheckPath: '/healthz'
      // Wins over env/.env.production. Names and ids only: there is no secret to keep.
      appSettings: [
        {
          name: 'BOT_APP_TYPE'
          value: 'UserAssignedMsi'
        }
        {
          name: 'BOT_APP_ID'
          value: identity.properties.clientId
        }
        {
          name: 'TENANT_ID'
          value: identity.properties.tenantId
        }
        {
          name: 'FIRST_ADMINISTRATORS'
          value: firstAdministrators
        }
        {
          name: 'TABLES_ENDPOINT'
          value: storage.properties.primaryEndpoints.table
        }
        {
          // By which of the machine's identities the tables are reached.
          name: 'AZURE_CLIENT_ID'
          value: identity.properties.clientId
        }
        {
          // App Service installs the packages, some of which are made for its own system.
          name: 'SCM_DO_BUILD_DURING_DEPLOYMENT'
          value: 'true'
        }
        {
          // Its own steps differ from one of its versions to the next, so they are said here.
          name: 'CUSTOM_BUILD_COMMAND'
          value: 'npm ci --omit=dev && npm run build'
        }
        {
          name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
          value: insights.properties.ConnectionString
        }
        {
          // A replica that does not answer /healthz for so many minutes is replaced.
          name: 'WEBSITE_HEALTHCHECK_MAXPINGFAILURES'
          value: '5'
        }
      ]
    }
  }
}

// Without these two, a publishing password would be a second way in.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: botName
    endpoint: 'https://${site.properties.defaultHostName}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: identity.properties.tenantId
    msaAppMSIResourceId: identity.id
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: logDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
  }
}

// The bot writes its log to the console, one JSON line each: here it is kept and asked.
resource siteLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: '${name}-logs'
  scope: site
  properties: {
    workspaceId: logs.id
    logs: [
      {
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
    ]
  }
}

// Who reached the tables, and what was refused.
resource tableLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: '${name}-tables'
  scope: tables
  properties: {
    workspaceId: logs.id
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

module alerts './alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    email: alertEmail
    siteId: site.id
    address: 'https://${site.properties.defaultHostName}/readyz'
    insightsId: insights.id
    logsId: logs.id
  }
}

// Each becomes the setting of its name: see env/.env.production.
output BOT_APP_ID string = identity.properties.clientId
output TENANT_ID string = identity.properties.tenantId
output TABLES_ENDPOINT string = storage.properties.primaryEndpoints.table
output BOT_DOMAIN string = site.properties.defaultHostName
output AZURE_APP_SERVICE_RESOURCE_ID string = site.id
