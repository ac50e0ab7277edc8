using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ExpertPool : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "AppliedAt",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "DecidedAt",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "experts",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecisionNote",
                table: "experts",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Discipline",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Interests",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "Keywords",
                table: "experts",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Leaves",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Profile",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "Ratings",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "experts",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Status",
                table: "experts",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "Returned");

            migrationBuilder.AddColumn<DateOnly>(
                name: "SuspendedUntil",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "TermFrom",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "TermTo",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "UpdatedOn",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Version",
                table: "experts",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "Avoidances",
                table: "applications",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            // Experts of before were kept with fewer particulars: they are asked for the rest before they are in the pool.
            migrationBuilder.Sql(
                """
                UPDATE experts SET
                    Status = CASE WHEN IsActive THEN 'Returned' ELSE 'Removed' END,
                    Source = '历史数据',
                    DecisionNote = '系统升级后请补充入库资料，再次提交审核。',
                    AppliedAt = strftime('%Y-%m-%d %H:%M:%S', 'now'),
                    Profile = json_object(
                        'name', Name, 'birthYear', 1900, 'ground', 'SeniorTitle', 'title', Title, 'category', Category, 'workingSince', 1900,
                        'employer', Employer, 'employerUscc', EmployerUscc, 'employedSince', '1900-01-01', 'cityCode', CityCode,
                        'fields', json('["' || replace(Fields, ',', '","') || '"]'));
                """);

            // By hand: the generated form copies the whole table outside of the transaction.
            migrationBuilder.Sql("ALTER TABLE experts DROP COLUMN IsActive;");

            migrationBuilder.CreateIndex(
                name: "IX_experts_Name_Id",
                table: "experts",
                columns: new[] { "Name", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_experts_Status_Id",
                table: "experts",
                columns: new[] { "Status", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_experts_Name_Id",
                table: "experts");

            migrationBuilder.DropIndex(
                name: "IX_experts_Status_Id",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "AppliedAt",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "DecidedAt",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "DecidedBy",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "DecisionNote",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Discipline",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Interests",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Keywords",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Leaves",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Profile",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Ratings",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Status",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "SuspendedUntil",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "TermFrom",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "TermTo",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "UpdatedOn",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Avoidances",
                table: "applications");

            migrationBuilder.AddColumn<bool>(
                name: "IsActive",
                table: "experts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }
    }
}
