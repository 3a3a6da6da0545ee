// The Kubernetes provider of Pulumi, built from its published Go module. The module's own main embeds two generated
// files that the module does not carry; ci/setup makes them from the module's schema and puts them beside this file.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
)

// version is set by the linker, so that the plugin says which release it stands for.
var version string

//go:embed schema-embed.json
var schema []byte

//go:embed terraform-mapping-embed.json
var terraformMapping []byte

func main() {
	provider.Serve("kubernetes", version, schema, terraformMapping)
}
