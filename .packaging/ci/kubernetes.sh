#!/usr/bin/env bash
# Checks the deployment.toml of a ConfigMap: `kubernetes.sh NAME` for one in the cluster,
# `kubernetes.sh` for all that the chart in this folder makes. `yq` may be either of the two
# programs of that name; a name that is not there is a failure.
set -euo pipefail

if [ $# -gt 0 ]; then
  kubectl get configmap "$1" -o yaml | yq -e -r '.data["deployment.toml"]'
else
  helm template . |
    yq -e -r 'select(.kind == "ConfigMap") | .data["deployment.toml"] | select(.)'
fi | smsotp-lint check --stdin-filename deployment.toml -
