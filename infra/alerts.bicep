// What wakes somebody. docs/runbook.md says of each what it means and what to do, under its name.

param name string
param location string
param email string
param siteId string
param address string
param insightsId string
param logsId string

// The bot's log lines, each as the object that it is.
var lines = 'AppServiceConsoleLogs | extend line = parse_json(ResultDescription)'

// What the log tells. The words of each are those of the program.
var fromTheLog = [
  {
    name: 'doubtful-posts'
    text: 'A digest may not have arrived, and nobody has said whether it is there.'
    severity: 3
    query: '${lines} | where tostring(line.msg) == "posts are in doubt"'
    operator: 'GreaterThan'
    every: 'PT1H'
    window: 'P1D'
  }
  {
    name: 'no-job-in-a-day'
    text: 'No job has run for a day: digests, nudges and deletions wait.'
    severity: 1
    query: '${lines} | where tostring(line.msg) == "a job is done"'
    operator: 'LessThanOrEqual'
    every: 'PT1H'
    window: 'P1D'
  }
  {
    name: 'credential-expires'
    text: 'The secret or certificate of the bot expires within 60 days. After it the bot is silent.'
    severity: 2
    query: '${lines} | where tostring(line.msg) == "a credential expires soon"'
    operator: 'GreaterThan'
    every: 'P1D'
    window: 'P1D'
  }
  {
    name: 'failed-turns'
    text: 'Somebody was told that something went wrong. The reference on their card is in the log.'
    severity: 3
    query: '${lines} | where tostring(line.msg) == "a turn failed"'
    operator: 'GreaterThan'
    every: 'PT15M'
    window: 'PT15M'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [
      {
        name: 'those who look after the bot'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// /readyz says that the tables answer, asked from outside like Teams asks.
resource reachable 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${name}-reachable'
  location: location
  kind: 'standard'
  tags: {
    'hidden-link:${insightsId}': 'Resource'
  }
  properties: {
    SyntheticMonitorId: '${name}-reachable'
    Name: '${name}-reachable'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    Locations: [
      {
        Id: 'emea-ru-msa-edge'
      }
      {
        Id: 'emea-nl-ams-azr'
      }
      {
        Id: 'emea-gb-db3-azr'
      }
    ]
    Request: {
      RequestUrl: address
      HttpVerb: 'GET'
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource availability 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-availability'
  location: 'global'
  properties: {
    description: 'The bot or its tables do not answer from outside.'
    severity: 1
    enabled: true
    scopes: [
      reachable.id
      insightsId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: reachable.id
      componentId: insightsId
      failedLocationCount: 2
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-server-errors'
  location: 'global'
  properties: {
    description: 'The bot answers requests with a status of 500 or more.'
    severity: 2
    enabled: true
    scopes: [
      siteId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'Http5xx'
          metricName: 'Http5xx'
          metricNamespace: 'Microsoft.Web/sites'
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for alert in fromTheLog: {
  name: '${name}-${alert.name}'
  location: location
  properties: {
    displayName: '${name}-${alert.name}'
    description: alert.text
    severity: alert.severity
    enabled: true
    scopes: [
      logsId
    ]
    evaluationFrequency: alert.every
    windowSize: alert.window
    // The table of the log is there only after the first line.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: alert.operator
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    actions: {
      actionGroups: [
        people.id
      ]
    }
  }
}]
