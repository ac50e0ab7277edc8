using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DefinitionVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DefinitionId",
                table: "definitions",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "DisabledAt",
                table: "definitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "definitions",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Number",
                table: "definitions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "PublishedBy",
                table: "definitions",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Version",
                table: "definitions",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "DefinitionId",
                table: "applications",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            // No case could leave its batch's version before this migration.
            migrationBuilder.Sql("""
                UPDATE applications SET "DefinitionId" =
                    (SELECT b."CaseDefinitionId" FROM batches b WHERE b."Id" = applications."BatchId")
                """);

            migrationBuilder.CreateIndex(
                name: "IX_definitions_DefinitionId_Number",
                table: "definitions",
                columns: new[] { "DefinitionId", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_applications_DefinitionId_BatchId",
                table: "applications",
                columns: new[] { "DefinitionId", "BatchId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_definitions_DefinitionId_Number",
                table: "definitions");

            migrationBuilder.DropIndex(
                name: "IX_applications_DefinitionId_BatchId",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "DefinitionId",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "DisabledAt",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "PublishedBy",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "DefinitionId",
                table: "applications");
        }
    }
}
